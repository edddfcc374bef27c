import { readFile } from "node:fs/promises";
import * as path from "node:path";
import { execa } from "execa";
import { expect, onTestFinished, test } from "vitest";
import type { DockerSetup } from "../../../../cli/targets/docker/setup.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

/** Notes how it was called. */
const noting = '#!/bin/sh\necho "$(basename "$0") $*" >> "$NOTES"\n';

/** A daemon in Docker's place: it answers what version it is, for ten seconds at most. */
const daemon = `#!${process.execPath}
const { createServer } = require("node:http");
const { appendFileSync } = require("node:fs");
appendFileSync(process.env.NOTES, "dockerd " + process.pid + "\\n");
console.log("API listen on a socket");
const answer = JSON.stringify({ Version: "20.10.24", ApiVersion: "1.41" });
createServer((_, response) => response.setHeader("content-type", "application/json").end(answer))
  .listen(process.env.DOCKER_HOST.slice("unix://".length));
setTimeout(() => process.exit(), 10_000);
`;

/** Sets Docker up in a process that finds these programs; answers what it printed and what the programs noted. */
async function settingUp(setup: DockerSetup, programs: Readonly<Record<string, string>>) {
  const folder = temporaryFolder(programs);
  const notes = path.join(folder, "notes");
  const program = `
    import { setUpDocker } from ${JSON.stringify(path.resolve("cli/targets/docker/install.ts"))};
    try {
      await setUpDocker(${JSON.stringify(setup)}, (line) => console.log(line));
    } catch ({ message, remedy }) {
      console.log(message + "; " + remedy);
    }`;
  const { stdout } = await execa(process.execPath, ["--input-type=module-typescript", "--eval", program], {
    env: {
      PATH: `${folder}:/usr/bin:/bin`,
      NOTES: notes,
      KEELSON_HOME: path.join(folder, "home"),
      DOCKER_HOST: `unix://${folder}/docker.sock`,
    },
  });
  const noted = await readFile(notes, "utf8").catch(() => "");
  const pid = Number(/^dockerd (\d+)$/m.exec(noted)?.[1]);
  if (pid) onTestFinished(() => void process.kill(pid));
  return {
    said: stdout.replaceAll(folder, "FOLDER"),
    calls: noted
      .replace(/^dockerd \d+/m, "dockerd PID")
      .trim()
      .split("\n"),
  };
}

test("the package is installed after whatever an interrupted run left, and the daemon outlives its start", async () => {
  const programs = { dpkg: noting, "apt-get": noting, dockerd: daemon };
  const { said, calls } = await settingUp({ install: true, startBy: "hand" }, programs);
  expect(calls).toEqual([
    "dpkg --configure -a",
    "apt-get update",
    "apt-get install --yes -o DPkg::Lock::Timeout=120 docker.io",
    "dockerd PID",
  ]);
  expect(said).toBe("starting dockerd; it writes to FOLDER/home/docker/dockerd.log");
});

test("a package that cannot be installed is told with the last words of apt-get", async () => {
  const failing = "#!/bin/sh\necho 'E: Unable to locate package docker.io'; exit 100\n";
  const { said } = await settingUp({ install: true, startBy: "hand" }, { dpkg: noting, "apt-get": failing });
  expect(said).toContain(
    '"apt-get update" failed:\nE: Unable to locate package docker.io; mend what apt-get says',
  );
});

test("a daemon that ends right away is told with the end of its log", async () => {
  const failing = "#!/bin/sh\necho 'failed to mount cgroups'; exit 1\n";
  const { said } = await settingUp({ install: false, startBy: "hand" }, { dockerd: failing });
  expect(said).toContain(
    "dockerd ended right after its start; its log ends so (all of it: FOLDER/home/docker/dockerd.log):",
  );
  expect(said).toContain("failed to mount cgroups");
});

test("where systemd runs, it starts the daemon now and at every boot", async () => {
  const starting = `${noting}dockerd > /dev/null 2>&1 &\n`;
  const { calls } = await settingUp(
    { install: false, startBy: "systemd" },
    { systemctl: starting, dockerd: daemon },
  );
  expect(calls).toEqual(["systemctl enable --now docker", "dockerd PID"]);
});
