import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { container } from "../../../embedded/plugins/docker/container/container.ts";
import { network } from "../../../embedded/plugins/docker/network/network.ts";
import type { Values } from "../../../embedded/plugins/provider/value.ts";
import { cleanUp, host, image, prefix, prepare, skipped } from "./daemon.ts";
import { Managed } from "./managed.ts";

const name = `${prefix}network`;
const inputs = { name, internal: true, ipamConfigs: [{ subnet: "10.213.77.0/28" }] };

describe.skipIf(skipped !== "")(`networks on a Docker Engine${skipped}`, () => {
  beforeAll(prepare);
  afterAll(async () => cleanUp(await host.connect()));

  test("a network with a subnet of its own is made, found again without a difference, and removed", async () => {
    const made = new Managed(network, host);
    const outputs = await made.create(inputs);
    expect(outputs).toMatchObject({ name, driver: "bridge", internal: true, scope: "local" });
    expect((await made.diff(inputs)).changed).toBe(false);
    await made.refresh();
    expect((await made.diff(inputs)).changed).toBe(false);
    expect((await made.diff({ ...inputs, internal: false })).replaces).toEqual(["internal"]);
    await made.delete();
    expect(await made.refresh()).toBe(false);
    await made.delete();
  });

  test("a second network of the same name is refused", async () => {
    const made = new Managed(network, host);
    await made.create(inputs);
    await expect(new Managed(network, host).create(inputs)).rejects.toThrow(
      `Unable to create network: Error response from daemon: network with name ${name} already exists`,
    );
    await made.delete();
  });

  test("a client reaches a server by its alias and has the address that it was given", async () => {
    const shared = new Managed(network, host);
    await shared.create(inputs);
    const server = new Managed(container, host);
    const outputs = await server.create({
      ...base("server"),
      entrypoints: ["sh", "-c", "mkdir /www; echo hello > /www/index.html; exec httpd -f -p 8080 -h /www"],
      networksAdvanced: [{ name, aliases: ["web"], ipv4Address: "10.213.77.9" }],
    });
    expect(outputs["networkDatas"]).toMatchObject([{ networkName: name, ipAddress: "10.213.77.9" }]);
    const client = new Managed(container, host);
    const script = "for i in 1 2 3 4 5; do wget -q -O - http://web:8080/ && exit 0; sleep 1; done; exit 1";
    const answer = await client.create({
      ...base("client"),
      ...{ attach: true, logs: true, mustRun: false, entrypoints: ["sh", "-c", script] },
      networksAdvanced: [{ name }],
    });
    expect(answer).toMatchObject({ containerLogs: "hello\n", exitCode: 0 });
    for (const each of [client, server, shared]) await each.delete();
  });

  test("the removal of a network waits for the containers that are still in it", async () => {
    const shared = new Managed(network, host);
    await shared.create(inputs);
    const inside = new Managed(container, host);
    await inside.create({ ...base("inside"), networksAdvanced: [{ name }] });
    await Promise.all([shared.delete(), later(700, async () => inside.delete())]);
    expect(await shared.refresh()).toBe(false);
  });

  test("a published port is told, and one that the daemon chose too", async () => {
    const published = new Managed(container, host);
    const ports = [{ internal: 8080, ip: "127.0.0.1" }];
    const outputs = await published.create({ ...base("published"), ports });
    const [bound] = outputs["ports"] as [Values];
    expect(bound).toMatchObject({ internal: 8080, ip: "127.0.0.1", protocol: "tcp" });
    expect(bound["external"]).toBeGreaterThan(0);
    expect((await published.diff({ ...base("published"), ports })).changed).toBe(false);
    await published.delete();
  });
});

function base(role: string): Values {
  return { name: prefix + role, image, entrypoints: ["sleep", "600"], memory: 32, memorySwap: 32 };
}

async function later(milliseconds: number, action: () => Promise<void>): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  await action();
}
