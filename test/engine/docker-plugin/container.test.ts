import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { container } from "../../../embedded/plugins/docker/container/container.ts";
import { volume } from "../../../embedded/plugins/docker/volume/volume.ts";
import { InitializationError } from "../../../embedded/plugins/provider/resource.ts";
import type { Values } from "../../../embedded/plugins/provider/value.ts";
import { cleanUp, host, image, prefix, prepare, skipped } from "./daemon.ts";
import { Managed } from "./managed.ts";

const healthy = { tests: ["CMD", "true"], interval: "200ms", timeout: "2s", retries: 3 };
const unhealthy = { ...healthy, tests: ["CMD", "test", "-e", "/nothing"] };
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

  test("a container that never gets healthy fails the update after its time-out, and is kept in the state", async () => {
    const sick = new Managed(container, host);
    const creation = sick.create({
      ...alone,
      name: `${prefix}sick`,
      healthcheck: unhealthy,
      wait: true,
      waitTimeout: 1,
    });
    const error = await failure(creation);
    expect(error.message).toContain("container failed to be in healthy state");
    expect((await inspect(`${prefix}sick`)).Id).toBe(error.state.id);
    expect(error.state.outputs).toMatchObject({ name: `${prefix}sick`, command: null, networkDatas: null });
    await remove(error);
  });

  test("a cancellation ends the wait at once, and the container is kept in the state", async () => {
    const aborting = new AbortController();
    const cancelled = new Managed(container, host, aborting.signal);
    const inputs = {
      ...alone,
      name: `${prefix}cancelled`,
      healthcheck: unhealthy,
      wait: true,
      waitTimeout: 300,
    };
    setTimeout(() => aborting.abort(), 1500);
    const error = await failure(cancelled.create(inputs));
    expect((await inspect(`${prefix}cancelled`)).Id).toBe(error.state.id);
    await remove(error);
  });

  test.each([
    [
      "waits without a health check",
      { wait: true },
      "you have supplied a 'wait' argument, but the container does not have a healthcheck defined",
    ],
    [
      "uploads into a read-only root",
      { readOnly: true, uploads: [{ file: "/a", content: "b" }] },
      "marked read-only",
    ],
    [
      "cannot be started",
      { entrypoints: ["/nothing"] },
      "Unable to start container: Error response from daemon",
    ],
    [
      "joins a network that is not there",
      { networksAdvanced: [{ name: `${prefix}nowhere` }] },
      `network ${prefix}nowhere not found`,
    ],
  ])("a container that %s is kept in the state with the reason", async (_, inputs, message) => {
    const half = new Managed(container, host);
    const error = await failure(half.create({ ...alone, name: `${prefix}half`, ...inputs }));
    expect(error.message).toContain(message);
    await remove(error);
  });

  test("a name that is taken is refused, and nothing is made", async () => {
    const first = new Managed(container, host);
    await first.create({ ...alone, name: `${prefix}taken` });
    const second = new Managed(container, host);
    await expect(second.create({ ...alone, name: `${prefix}taken` })).rejects.toThrow(
      /Unable to create container: Error response from daemon: Conflict\. The container name/,
    );
    await first.delete();
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

  test("a pace of checks of its own in the start period is refused where the engine does not know it", async (context) => {
    const { apiVersion } = await host.connect();
    context.skip(Number(apiVersion.split(".")[1]) >= 44, `API ${apiVersion} knows it`);
    const modern = new Managed(container, host);
    const inputs = { ...alone, name: `${prefix}modern`, healthcheck: { ...healthy, startInterval: "1s" } };
    await expect(modern.create(inputs)).rejects.toThrow(
      `"specify health-check start interval" requires API version 1.44, but the Docker daemon API version is ${apiVersion}`,
    );
  });
});

async function failure(creation: Promise<unknown>): Promise<InitializationError> {
  const error = await creation.then(
    () => new Error("it was created"),
    (thrown: unknown) => thrown,
  );
  if (error instanceof InitializationError) return error;
  throw error;
}

async function remove(error: InitializationError): Promise<void> {
  await (await host.connect()).engine.getContainer(error.state.id).remove({ force: true });
}

async function inspect(id: string) {
  return (await host.connect()).engine.getContainer(id).inspect();
}
