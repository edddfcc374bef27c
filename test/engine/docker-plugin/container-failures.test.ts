import type { ContainerInspectInfo } from "dockerode";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { container } from "../../../embedded/plugins/docker/container/container.ts";
import { InitializationError } from "../../../embedded/plugins/provider/resource.ts";
import { cleanUp, host, image, prefix, prepare, skipped } from "./daemon.ts";
import { Managed } from "./managed.ts";

const healthy = { tests: ["CMD", "true"], interval: "200ms", timeout: "2s", retries: 3 };
const unhealthy = { ...healthy, tests: ["CMD", "test", "-e", "/nothing"] };
const alone = { image, networkMode: "none", entrypoints: ["sleep", "600"] };

describe.skipIf(skipped !== "")(`containers that fail on a Docker Engine${skipped}`, () => {
  beforeAll(prepare);
  afterAll(async () => cleanUp(await host.connect()));

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

async function inspect(id: string): Promise<ContainerInspectInfo> {
  return (await host.connect()).engine.getContainer(id).inspect();
}
