import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { pack } from "tar-stream";
import type { Daemon } from "../daemon/daemon.ts";
import { asking } from "../daemon/errors.ts";
import type { ElementOf } from "./types.ts";

type Upload = ElementOf<"uploads">;

/** Puts files into a container before it starts. They belong to root, as the daemon gives them no other owner. */
export async function upload(
  daemon: Daemon,
  container: string,
  uploads: readonly Upload[] = [],
): Promise<void> {
  for (const file of uploads) {
    const archive = pack();
    archive.entry({ name: file.file, mode: mode(file) }, await content(file));
    archive.finalize();
    await asking(
      "Unable to upload volume content",
      daemon.engine.getContainer(container).putArchive(await buffer(archive), { path: "/" }),
    );
  }
}

export function mode({ permissions, executable }: Upload): number {
  if (permissions) return Number.parseInt(permissions, 8);
  return executable ? 0o744 : 0o644;
}

/** @throws unless exactly one source of the content is given; an empty text counts as none, as in the official plugin */
export async function content({ content: text, contentBase64, source }: Upload): Promise<Buffer> {
  const sources = [text, contentBase64, source].filter(Boolean);
  if (sources.length === 0)
    throw new Error("error with upload content: one of 'content', 'content_base64', or 'source' must be set");
  if (sources.length > 1)
    throw new Error(
      "error with upload content: only one of 'content', 'content_base64', or 'source' can be set",
    );
  if (source) return await readSource(source);
  return text ? Buffer.from(text) : Buffer.from(contentBase64 ?? "", "base64");
}

async function readSource(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new Error(`could not read file: ${path}: ${(error as Error).message}`, { cause: error });
  }
}
