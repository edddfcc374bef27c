import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { container } from "../../../embedded/plugins/docker/container/container.ts";
import { volume } from "../../../embedded/plugins/docker/volume/volume.ts";
import { cleanUp, host, image, prefix, prepare, skipped } from "./daemon.ts";
import { Managed } from "./managed.ts";

const name = `${prefix}volume`;
const inputs = { name, labels: [{ label: "keelson.stack", value: "test" }] };

describe.skipIf(skipped !== "")(`volumes on a Docker Engine${skipped}`, () => {
  beforeAll(prepare);
  afterAll(async () => cleanUp(await host.connect()));

  test("a volume is made, found again without a difference, and removed once", async () => {
    const made = new Managed(volume, host);
    const outputs = await made.create(inputs);
    expect(made.id).toBe(name);
    expect(outputs).toMatchObject({ name, driver: "local", labels: inputs.labels, driverOpts: null });
    expect((await made.diff(inputs)).changed).toBe(false);
    expect(await made.refresh()).toBe(true);
    expect((await made.diff(inputs)).changed).toBe(false);
    await made.delete();
    expect(await made.refresh()).toBe(false);
    await made.delete();
  });

  test("the removal of a volume waits for the container that still uses it", async () => {
    const used = new Managed(volume, host);
    await used.create(inputs);
    const user = new Managed(container, host);
    const mounts = [{ type: "volume", source: name, target: "/data" }];
    await user.create({ name: `${prefix}user`, image, networkMode: "none", mounts });
    const removal = used.delete();
    await user.delete();
    await removal;
    expect(await used.refresh()).toBe(false);
  });

  test("a cluster volume is refused, as is said", async () => {
    await expect(new Managed(volume, host).create({ ...inputs, cluster: {} })).rejects.toThrow(
      /makes no cluster volumes/,
    );
  });
});
