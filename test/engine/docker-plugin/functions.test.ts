import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { container } from "../../../embedded/plugins/docker/container/container.ts";
import { getLogs } from "../../../embedded/plugins/docker/functions/get-logs.ts";
import { getNetwork } from "../../../embedded/plugins/docker/functions/get-network.ts";
import { withDefaults } from "../../../embedded/plugins/provider/bridge/defaults.ts";
import type { Values } from "../../../embedded/plugins/provider/value.ts";
import { cleanUp, host, image, prefix, prepare, skipped } from "./daemon.ts";
import { context, Managed } from "./managed.ts";

const name = `${prefix}talker`;

async function lines(args: Values): Promise<Values[string] | undefined> {
  const result = await getLogs.call(withDefaults(getLogs.inputs, { name, ...args }), context(host));
  return result["logsListStrings"];
}

describe.skipIf(skipped !== "")(`functions that ask a Docker Engine${skipped}`, () => {
  beforeAll(async () => {
    await prepare();
    const script = "echo one; echo '2'; sleep 0.3; echo three >&2";
    const talker = { name, image, networkMode: "none", entrypoints: ["sh", "-c", script] };
    await new Managed(container, host).create({ ...talker, attach: true, mustRun: false });
  });
  afterAll(async () => cleanUp(await host.connect()));

  test("getLogs answers the lines of a log, all or the last, of one stream or both", async () => {
    expect(await lines({})).toEqual(["one", "2", "three"]);
    expect(await lines({ tail: "1" })).toEqual(["three"]);
    expect(await lines({ showStderr: false })).toEqual(["one", "2"]);
    expect(await lines({ since: "2000-01-01T00:00:00Z", until: "1m" })).toEqual([]);
    expect(await lines({ logsListStringEnabled: false })).toBeNull();
  });

  test("getLogs keeps the daemon's headers where it is told to", async () => {
    expect(await lines({ tail: "1", discardHeaders: false })).toEqual(["\u0002\0\0\0\0\0\0\u0006three"]);
  });

  test("getLogs of a container that is not there is an error", async () => {
    await expect(lines({ name: `${prefix}nobody` })).rejects.toThrow(
      `error while asking for logs: Error response from daemon: No such container: ${prefix}nobody`,
    );
  });

  test("getNetwork answers a network by its name", async () => {
    const found = await getNetwork.call({ name: "bridge" }, context(host));
    expect(found).toMatchObject({ name: "bridge", driver: "bridge", scope: "local", internal: false });
    await expect(getNetwork.call({ name: `${prefix}nowhere` }, context(host))).rejects.toThrow(
      `Could not find docker network: Error response from daemon: network ${prefix}nowhere not found`,
    );
  });
});
