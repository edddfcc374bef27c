import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hostOfContext } from "../../../../../embedded/plugins/docker/daemon/context.ts";
import { targetOf } from "../../../../../embedded/plugins/docker/daemon/settings.ts";

describe("where the provider looks for the daemon", () => {
  test("at the usual socket, unless DOCKER_HOST or the setting says otherwise", async () => {
    const environment = { DOCKER_HOST: "tcp://from.environment:2375" };
    expect((await targetOf({}, {})).host).toBe("unix:///var/run/docker.sock");
    expect((await targetOf({}, environment)).host).toBe("tcp://from.environment:2375");
    expect((await targetOf({ host: "ssh://from.setting" }, environment)).host).toBe("ssh://from.setting");
  });

  test("ssh options come from the setting, or as words from DOCKER_SSH_OPTS", async () => {
    const environment = { DOCKER_SSH_OPTS: "-o StrictHostKeyChecking=yes" };
    expect((await targetOf({}, environment)).sshOptions).toEqual(["-o", "StrictHostKeyChecking=yes"]);
    expect((await targetOf({ sshOpts: ["-i", "key"] }, environment)).sshOptions).toEqual(["-i", "key"]);
  });

  test("half a client certificate is refused", async () => {
    await expect(targetOf({ certMaterial: "PEM" }, {})).rejects.toThrow(
      "cert_material, and key_material must be specified",
    );
    await expect(
      targetOf({ certMaterial: "PEM", keyMaterial: "PEM", certPath: "/certs" }, {}),
    ).rejects.toThrow("cert_path must not be specified");
  });
});

describe("files that the provider reads", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "keelson-docker-"));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  test("certificates come from a folder", async () => {
    for (const name of ["ca", "cert", "key"]) await writeFile(path.join(folder, `${name}.pem`), name);
    const { certificates } = await targetOf({ certPath: folder }, {});
    expect(certificates).toEqual({ ca: "ca", cert: "cert", key: "key" });
  });

  test("a Docker context names the host", async () => {
    const digest = createHash("sha256").update("box").digest("hex");
    const home = path.join(folder, ".docker", "contexts", "meta", digest);
    await mkdir(home, { recursive: true });
    await writeFile(
      path.join(home, "meta.json"),
      JSON.stringify({ Name: "box", Endpoints: { docker: { Host: "ssh://admin@box" } } }),
    );
    expect(await hostOfContext("box", folder)).toBe("ssh://admin@box");
    await expect(hostOfContext("other", folder)).rejects.toThrow("context 'other' not found");
  });
});
