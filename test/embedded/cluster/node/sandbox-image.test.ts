import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import * as path from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { extract } from "tar-stream";
import { describe, expect, it } from "vitest";
import { packSandboxImage } from "../../../../embedded/cluster/node/sandbox-image.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

async function packed(pause: string) {
  const folder = temporaryFolder();
  const programs = { pause: path.join(folder, "pause"), volume: path.join(folder, "volume") };
  await writeFile(programs.pause, pause);
  await writeFile(programs.volume, "makes folders");
  return packSandboxImage(programs);
}

async function filesOf(archive: Buffer) {
  const entries = extract();
  Readable.from([archive]).pipe(entries);
  const files: Record<string, { readonly mode: number | undefined; readonly content: Buffer }> = {};
  for await (const entry of entries) {
    files[entry.header.name] = { mode: entry.header.mode, content: await buffer(entry) };
  }
  return files;
}

describe("the image of a pod's sandbox", () => {
  it("holds both programs, which anyone may run", async () => {
    const { archive } = await packed("waits");
    const layer = await filesOf((await filesOf(archive))["layer.tar"]!.content);
    expect(Object.keys(layer)).toEqual(["pause", "volume"]);
    expect(layer["pause"]!.content.toString()).toBe("waits");
    for (const { mode } of Object.values(layer)) expect(mode).toBe(0o755);
  });

  it("names its one layer by the digest of what is in it, and itself as its reference says", async () => {
    const { reference, archive } = await packed("waits");
    const files = await filesOf(archive);
    const configuration = JSON.parse(files["config.json"]!.content.toString());
    const digest = createHash("sha256").update(files["layer.tar"]!.content).digest("hex");
    expect(configuration.rootfs.diff_ids).toEqual([`sha256:${digest}`]);
    const [manifest] = JSON.parse(files["manifest.json"]!.content.toString());
    expect(manifest.Layers).toEqual(["layer.tar"]);
    expect(`docker.io/${manifest.RepoTags[0]}`).toBe(reference);
  });

  it("has the same name as long as its programs are the same, and another one with others", async () => {
    const first = await packed("waits");
    expect(await packed("waits")).toEqual(first);
    expect((await packed("waits longer")).reference).not.toBe(first.reference);
  });
});
