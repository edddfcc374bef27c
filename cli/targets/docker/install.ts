import { spawn } from "node:child_process";
import { mkdir, open, readFile } from "node:fs/promises";
import * as path from "node:path";
import { execa } from "execa";
import { keelsonHome } from "../../../embedded/parts/home.ts";
import { connectDocker } from "./connect.ts";
import type { DockerSetup } from "./setup.ts";
import { Mendable, messageOf } from "../../mendable.ts";
import { type Patience, untilWell } from "../../patience.ts";
import type { Report } from "../../session.ts";

/** A daemon may take a minute to answer for the first time. */
const START_PATIENCE: Patience = { tries: 120, pauseMilliseconds: 500 };

/** Time that a daemon which the package itself started may take. */
const OTHER_DAEMON_MILLISECONDS = 15_000;

/** Sees to it that a Docker engine runs on this machine. */
export async function setUpDocker({ install, startBy }: DockerSetup, report: Report): Promise<void> {
  if (install) await installPackage(report);
  await (startBy === "systemd" ? startBySystemd(report) : startByHand(install, report));
}

async function installPackage(report: Report): Promise<void> {
  const remedy = "mend what apt-get says above, and run this again";
  // An installation that was interrupted is ended first: apt-get refuses to go on from it.
  await command("dpkg", ["--configure", "-a"], report, remedy);
  await command("apt-get", ["update"], report, remedy);
  await command(
    "apt-get",
    ["install", "--yes", "-o", "DPkg::Lock::Timeout=120", "docker.io"],
    report,
    remedy,
  );
}

async function startBySystemd(report: Report): Promise<void> {
  await command("systemctl", ["enable", "--now", "docker"], report, "see why: journalctl --unit docker");
  await answer(() => true, "see why: journalctl --unit docker");
}

/** Where nothing starts services, as in a container: the daemon outlives this process, and writes to a log of its own. */
async function startByHand(isNew: boolean, report: Report): Promise<void> {
  const folder = path.join(keelsonHome(), "docker");
  await mkdir(folder, { recursive: true });
  const log = path.join(folder, "dockerd.log");
  const output = await open(log, "w");
  report(`starting dockerd; it writes to ${log}`);
  const daemon = spawn("dockerd", [], {
    detached: true,
    stdio: ["ignore", output.fd, output.fd],
    env: { ...process.env, PATH: `${process.env["PATH"]}:/usr/sbin:/sbin` },
  });
  // A daemon that can't be started at all has no process number, which is seen below.
  daemon.on("error", () => undefined);
  const isAlive = () => daemon.exitCode === null && daemon.pid !== undefined;
  // A package that was just installed may have started a daemon too: then this one ends, and that one answers in a while.
  const patientUntil = isNew ? Date.now() + OTHER_DAEMON_MILLISECONDS : 0;
  await output.close();
  try {
    await answer(() => isAlive() || Date.now() < patientUntil, `see why: ${log}`);
  } catch (error) {
    daemon.kill();
    const end = (await readFile(log, "utf8")).trimEnd().split("\n").slice(-5).join("\n");
    throw new Mendable(messageOf(error), `its log ends so (all of it: ${log}):\n${end}`, { cause: error });
  }
  daemon.unref();
}

async function answer(isAlive: () => boolean, remedy: string): Promise<void> {
  const seen = await untilWell(
    START_PATIENCE,
    async () => ((await answers()) ? "answers" : isAlive() ? "silent" : "ended"),
    (state) => state !== "silent",
  );
  if (seen === "ended") throw new Mendable("dockerd ended right after its start", remedy);
  if (seen === "silent")
    throw new Mendable("dockerd was started, but did not answer within a minute", remedy);
}

async function answers(): Promise<boolean> {
  return connectDocker(undefined).then(
    () => true,
    () => false,
  );
}

async function command(file: string, args: readonly string[], report: Report, remedy: string): Promise<void> {
  const running = execa(file, args, {
    all: true,
    stdin: "ignore",
    env: { DEBIAN_FRONTEND: "noninteractive" },
  });
  const said: string[] = [];
  try {
    for await (const line of running.iterable({ from: "all" })) {
      said.push(line);
      report(line);
    }
    await running;
  } catch (error) {
    const end = said.slice(-10).join("\n");
    throw new Mendable(`"${[file, ...args].join(" ")}" failed:\n${end}`, remedy, { cause: error });
  }
}
