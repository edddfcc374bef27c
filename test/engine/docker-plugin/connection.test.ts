import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { container } from "../../../embedded/plugins/docker/container/container.ts";
import { DockerHost } from "../../../embedded/plugins/docker/daemon/daemon.ts";
import { targetOf } from "../../../embedded/plugins/docker/daemon/settings.ts";
import { cleanUp, host, image, prefix, prepare, skipped } from "./daemon.ts";
import { Managed } from "./managed.ts";

const { address } = await targetOf({});
const socket = address.kind === "socket" ? address.path : undefined;

/**
 * Stands for `ssh`: connects its input and output to the daemon's socket on this machine as
 * `docker system dial-stdio` does at the other end of a real one.
 */
const standIn = `#!${process.execPath}
if (process.argv.includes("refused")) { console.error("Permission denied (publickey)."); process.exit(255); }
const socket = require("node:net").connect(${JSON.stringify(socket)});
process.stdin.pipe(socket).pipe(process.stdout);
`;

describe.skipIf(skipped !== "")(`ways to a Docker Engine${skipped}`, () => {
  const usualPath = process.env["PATH"];
  let folder = "";

  beforeAll(async () => {
    await prepare();
    folder = await mkdtemp(path.join(tmpdir(), "keelson-ssh-"));
    await writeFile(path.join(folder, "ssh"), standIn);
    await chmod(path.join(folder, "ssh"), 0o755);
    process.env["PATH"] = `${folder}${path.delimiter}${usualPath ?? ""}`;
  });
  afterAll(async () => {
    process.env["PATH"] = usualPath;
    await rm(folder, { recursive: true });
    await cleanUp(await host.connect());
  });

  test("a container is made, waited for and removed over ssh", async ({ skip }) => {
    skip(socket === undefined, "the daemon is not on this machine");
    const remote = new DockerHost({ host: "ssh://admin@box:2222", sshOpts: ["-i", "key"] });
    const job = new Managed(container, remote);
    const outputs = await job.create({
      name: `${prefix}remote`,
      image,
      networkMode: "none",
      entrypoints: ["sh", "-c", "cat /etc/greeting"],
      uploads: [{ file: "/etc/greeting", content: "hello" }],
      attach: true,
      logs: true,
      mustRun: false,
    });
    expect(outputs).toMatchObject({ containerLogs: "hello", exitCode: 0 });
    await job.delete();
    expect(await job.refresh()).toBe(false);
  });

  test("what ssh complains of is in the error", async () => {
    const refusing = new DockerHost({ host: "ssh://refused" });
    await expect(refusing.connect()).rejects.toThrow(
      /make sure that ssh:\/\/refused is reachable.*ssh to refused ended with exit code 255: Permission denied \(publickey\)\./,
    );
  });

  test("a daemon that does not answer is named in the error, and asked again by the next operation", async () => {
    const nowhere = new DockerHost({ host: `unix://${folder}/docker.sock` });
    const message = /docker\.sock is reachable.*Cannot connect to the Docker daemon/;
    await expect(nowhere.connect()).rejects.toThrow(message);
    await expect(nowhere.connect()).rejects.toThrow(message);
  });
});
