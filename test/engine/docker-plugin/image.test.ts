import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { remoteImage } from "../../../embedded/plugins/docker/image/remote-image.ts";
import { tag } from "../../../embedded/plugins/docker/image/tag.ts";
import { getRemoteImage } from "../../../embedded/plugins/docker/functions/get-remote-image.ts";
import { cleanUp, host, image, prepare, skipped } from "./daemon.ts";
import { context, Managed } from "./managed.ts";

const copy = "keelson-test/docker-plugin:copy";

describe.skipIf(skipped !== "")(`images on a Docker Engine${skipped}`, () => {
  beforeAll(prepare);
  afterAll(async () => cleanUp(await host.connect()));

  test("an image that the daemon has is not pulled, and a second name of it is removed without it", async () => {
    const second = new Managed(tag, host);
    const { sourceImageId } = await second.create({ sourceImage: image, targetImage: copy });
    const made = new Managed(remoteImage, host);
    const outputs = await made.create({ name: copy });
    expect(made.id).toBe(`${sourceImageId as string}${copy}`);
    expect(outputs).toMatchObject({ imageId: sourceImageId, repoDigest: "" });
    expect((await made.diff({ name: copy })).changed).toBe(false);
    await made.delete();
    expect(await made.refresh()).toBe(false);
    expect(await getRemoteImage.call({ name: image }, context(host))).toMatchObject({ id: sourceImageId });
  });

  test("an image that is kept locally outlives its resource", async () => {
    const kept = new Managed(remoteImage, host);
    await kept.create({ name: image, keepLocally: true });
    await kept.delete();
    expect(await kept.refresh()).toBe(true);
  });

  test("an image that is nowhere is an error with its name and the registry's answer", async () => {
    const missing = "localhost:1/keelson-test/missing:1";
    await expect(new Managed(remoteImage, host).create({ name: missing })).rejects.toThrow(
      /Unable to read Docker image into resource: unable to pull image localhost:1\/keelson-test\/missing:1: .*connection refused/,
    );
    await expect(getRemoteImage.call({ name: missing }, context(host))).rejects.toThrow(
      `did not find docker image '${missing}'`,
    );
  });
});
