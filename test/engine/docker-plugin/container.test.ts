import type { ContainerInspectInfo } from "dockerode";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { container } from "../../../embedded/plugins/docker/container/container.ts";
import { volume } from "../../../embedded/plugins/docker/volume/volume.ts";
import type { Values } from "../../../embedded/plugins/provider/value.ts";
import { cleanUp, host, image, prefix, prepare, skipped } from "./daemon.ts";
import { Managed } from "./managed.ts";

const healthy = { tests: ["CMD", "true"], interval: "200ms", timeout: "2s", retries: 3 };
const alone = { image, networkMode: "none", entrypoints: ["sleep", "600"] };

/** A one-shot container that is waited for. */
const job = (name: string, script: string): Values => ({
  name: prefix + name,
  image,
  networkMode: "none",
  attach: true,
  logs: true,
  mustRun: false,
  entrypoints: ["sh", "-c", script],
});

describe.skipIf(skipped !== "")(`containers on a Docker Engine${skipped}`, () => {
  beforeAll(prepare);
  afterAll(async () => cleanUp(await host.connect()));

  test("a hardened service becomes healthy, and neither a preview nor a refresh finds a difference", async () => {
    const service = new Managed(container, host);
    const inputs = {
      ...alone,
      name: `${prefix}service`,
      user: "53211:53211",
      readOnly: true,
      init: true,
      capabilities: { drops: ["ALL"] },
      securityOpts: ["no-new-privileges:true"],
      tmpfs: { "/scratch": "uid=53211,size=1m" },
      memory: 32,
      memorySwap: 32,
      cpus: "0.5",
      ulimits: [{ name: "nproc", soft: 64, hard: 64 }],
      logDriver: "json-file",
      logOpts: { "max-size": "1m" },
      labels: [{ label: "keelson.service", value: "service" }],
      healthcheck: { ...healthy, startPeriod: "1m0s" },
      wait: true,
      waitTimeout: 20,
    };
    const outputs = await service.create(inputs);
    const { State } = await inspect(service.id);
    expect(State.Health?.Status).toBe("healthy");
    expect(outputs).toMatchObject({ exitCode: null, mustRun: true, memory: 32, cpus: "0.5" });
    expect((await service.diff(inputs)).changed).toBe(false);
    expect(await service.refresh()).toBe(true);
    expect((await service.diff(inputs)).changed).toBe(false);
    await service.delete();
    expect(await service.refresh()).toBe(false);
  });

  test("a job's exit code and log are outputs, and its failure is none of the plugin's", async () => {
    const failing = new Managed(container, host);
    const outputs = await failing.create(job("failing-job", "echo one; echo two; exit 3"));
    expect(outputs).toMatchObject({ exitCode: 3, containerLogs: "one\ntwo\n", mustRun: false });
    await failing.delete();
  });

  test("files lie in a volume with their mode before a read-only container mounts it", async () => {
    const files = new Managed(volume, host);
    await files.create({ name: `${prefix}files` });
    const writer = new Managed(container, host);
    const mount = { type: "volume", source: `${prefix}files`, target: "/run/keelson" };
    await writer.create({
      ...alone,
      name: `${prefix}writer`,
      start: false,
      mustRun: false,
      mounts: [mount],
      uploads: [{ file: "/run/keelson/app.conf", content: "key = value – ü\n", permissions: "0440" }],
    });
    const reader = new Managed(container, host);
    const script =
      "cd /run/keelson; stat -c '%a %u' app.conf; cat app.conf; touch other 2>/dev/null || echo refused";
    const { containerLogs } = await reader.create({
      ...job("reader", script),
      readOnly: true,
      mounts: [{ ...mount, readOnly: true }],
    });
    expect(containerLogs).toBe("440 0\nkey = value – ü\nrefused\n");
    for (const each of [reader, writer, files]) await each.delete();
  });

  test("a container that was stopped behind Pulumi's back is started by the next update", async () => {
    const inputs = { ...alone, name: `${prefix}stopped` };
    const stopped = new Managed(container, host);
    await stopped.create(inputs);
    await (await host.connect()).engine.getContainer(stopped.id).kill();
    await stopped.refresh();
    expect(stopped.outputs).toMatchObject({ mustRun: false, exitCode: 137 });
    expect(await stopped.diff(inputs)).toMatchObject({ differs: ["mustRun"], replaces: [] });
    await stopped.update(inputs);
    expect((await inspect(stopped.id)).State.Running).toBe(true);
    await stopped.delete();
  });

  test("a container that somebody has started again meanwhile is no failure of the update that starts it", async () => {
    const inputs = { ...alone, name: `${prefix}restarted` };
    const restarted = new Managed(container, host);
    await restarted.create(inputs);
    const real = (await host.connect()).engine.getContainer(restarted.id);
    await real.kill();
    await restarted.refresh();
    await real.start();
    await restarted.update(inputs);
    expect(restarted.outputs["mustRun"]).toBe(true);
    await real.kill();
    await restarted.delete();
  });

  test("limits change in place", async () => {
    const inputs = { ...alone, name: `${prefix}limited`, memory: 32, memorySwap: 32, restart: "no" };
    const limited = new Managed(container, host);
    await limited.create(inputs);
    const wanted = { ...inputs, memory: 48, memorySwap: 64, restart: "unless-stopped" };
    expect((await limited.diff(wanted)).replaces).toEqual([]);
    const outputs = await limited.update(wanted);
    expect(outputs).toMatchObject({ memory: 48, memorySwap: 64, restart: "unless-stopped" });
    const { HostConfig } = await inspect(limited.id);
    expect([HostConfig.Memory, HostConfig.MemorySwap, HostConfig.RestartPolicy?.Name]).toEqual([
      48 * 1024 * 1024,
      64 * 1024 * 1024,
      "unless-stopped",
    ]);
    await limited.delete();
  });

  test("a container that is stopped within its grace period ends by itself", async () => {
    const graceful = new Managed(container, host);
    const script = 'trap "echo bye > /data/bye; exit 0" TERM; touch /data/up; while true; do sleep 0.1; done';
    const data = [{ type: "volume", source: `${prefix}grace`, target: "/data" }];
    const inputs = { ...alone, name: `${prefix}graceful`, entrypoints: ["sh", "-c", script], mounts: data };
    const check = { ...healthy, tests: ["CMD", "test", "-e", "/data/up"] };
    await graceful.create({ ...inputs, destroyGraceSeconds: 10, healthcheck: check, wait: true });
    await graceful.delete();
    const after = new Managed(container, host);
    const { containerLogs } = await after.create({ ...job("after-grace", "cat /data/bye"), mounts: data });
    expect(containerLogs).toBe("bye\n");
    await after.delete();
  });

  test("an existing container can be imported", async () => {
    const made = new Managed(container, host);
    await made.create({ ...alone, name: `${prefix}imported`, memory: 32, memorySwap: 32 });
    const outputs = await new Managed(container, host).import(made.id);
    expect(outputs).toMatchObject({
      name: `${prefix}imported`,
      image,
      memory: 32,
      entrypoints: ["sleep", "600"],
    });
    expect(await new Managed(container, host).import("0".repeat(64))).toBeUndefined();
    await made.delete();
  });
});

async function inspect(id: string): Promise<ContainerInspectInfo> {
  return (await host.connect()).engine.getContainer(id).inspect();
}
