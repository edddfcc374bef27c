import Docker from "dockerode";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadImages } from "../../embedded/cluster/index.ts";
import { embeddedReference } from "../../embedded/images/recipes.ts";
import { derivedImage } from "../support/derived-image.ts";
import { NodeNamespace } from "../support/node-namespace.ts";

const base = embeddedReference("busybox");
const docker = new Docker();
const made: string[] = [];
let namespace: NodeNamespace;

beforeAll(async () => {
  namespace = await NodeNamespace.open("test-node-images");
});
afterAll(async () => {
  await namespace.close();
  await Promise.all(made.map((id) => docker.getImage(id).remove()));
});

/** Gives the same name to another image. */
async function named(content: string): Promise<string> {
  const reference = await derivedImage(base, "test-node-image", { files: { "/said.txt": content } });
  made.push((await docker.getImage(reference).inspect()).Id);
  return reference;
}

/** What is told while images are loaded. */
async function loading(...references: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  await loadImages(references, { progress: (line) => lines.push(line) });
  return lines.filter((line) => line.startsWith("loading"));
}

describe("images of Docker", () => {
  it("are loaded once, and again when their name means another image", async () => {
    const reference = await named("first");
    expect(await loading(reference)).toEqual([`loading ${reference}`]);
    expect(await loading(reference, base)).toEqual([]);
    expect(await named("second")).toBe(reference);
    expect(await loading(reference)).toEqual([`loading ${reference}`]);
    expect(await namespace.logOf("loaded", "cat /said.txt", { image: reference })).toBe("second");
  });

  it("that are not there are named", async () => {
    await expect(loadImages(["test-node-none:1"])).rejects.toThrow(
      /the image test-node-none:1 can't be loaded: .*; pull it or build it with Docker/,
    );
  });
});
