import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { execa } from "execa";
import { pack } from "tar-stream";
import type { ClusterContext } from "../context.ts";
import { client } from "./containerd.ts";
import type { NodePrograms } from "./programs.ts";

const architectures: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };

/** The image of the node's own programs: what holds a pod's namespaces, and what makes folders of volumes. */
export interface SandboxImage {
  readonly reference: string;
  /** As `docker save` would write it. */
  readonly archive: Buffer;
}

/** Packs the image. Its tag is a digest of its content: other programs make another image. */
export async function packSandboxImage(
  programs: Pick<NodePrograms, "pause" | "volume">,
): Promise<SandboxImage> {
  const layer = await tar(
    { pause: await readFile(programs.pause), volume: await readFile(programs.volume) },
    0o755,
  );
  const digest = createHash("sha256").update(layer).digest("hex");
  const reference = `keelson/sandbox:${digest.slice(0, 12)}`;
  const configuration = {
    os: "linux",
    architecture: architectures[process.arch] ?? process.arch,
    config: { Entrypoint: ["/pause"], User: "65535:65535" },
    rootfs: { type: "layers", diff_ids: [`sha256:${digest}`] },
  };
  const manifest = [{ Config: "config.json", RepoTags: [reference], Layers: ["layer.tar"] }];
  const archive = await tar({
    "layer.tar": layer,
    "config.json": JSON.stringify(configuration),
    "manifest.json": JSON.stringify(manifest),
  });
  return { reference: `docker.io/${reference}`, archive };
}

/** Gives the image to containerd. */
export async function importSandboxImage(
  context: Pick<ClusterContext, "home">,
  { ctr }: Pick<NodePrograms, "ctr">,
  { archive }: SandboxImage,
): Promise<void> {
  await execa(ctr, [...client(context), "images", "import", "-"], { input: archive });
}

async function tar(files: Readonly<Record<string, Buffer | string>>, mode = 0o644): Promise<Buffer> {
  const archive = pack();
  // The time is part of the digest.
  for (const [name, content] of Object.entries(files))
    archive.entry({ name, mode, mtime: new Date(0) }, content);
  archive.finalize();
  return buffer(archive);
}
