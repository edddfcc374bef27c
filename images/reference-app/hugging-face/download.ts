import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { CachedModel } from "./cache.ts";

/** A hub, and what it knows its users by. */
export interface Hub {
  /** Its address, without a trailing slash. */
  readonly endpoint: string;
  readonly token: string | undefined;
}

/** A file of a model, as the hub lists it. */
interface Listed {
  readonly rfilename: string;
  readonly size?: number;
  readonly blobId?: string;
  /** Of large files: what they have to be. */
  readonly lfs?: { readonly sha256: string };
}

/**
 * Downloads a model by the hub's HTTP API; what is there already is not fetched again.
 *
 * @returns The commit that the revision is.
 * @throws Error when the hub refuses, or a file is not what it says.
 */
export async function download(
  model: string,
  revision: string,
  hub: Hub,
  cache: CachedModel,
  onFile: (name: string) => void,
): Promise<string> {
  const address = `${hub.endpoint}/api/models/${model}/revision/${encodeURIComponent(revision)}?blobs=true`;
  const { sha, siblings } = (await (await ask(address, hub)).json()) as { sha: string; siblings: Listed[] };
  for (const file of siblings) {
    const { rfilename: name } = file;
    if (name.startsWith("/") || name.split("/").includes(".."))
      throw new Error(`the hub lists "${name}", which is no name of a file within a model`);
    const etag = file.lfs?.sha256 ?? file.blobId;
    if (!etag || !/^[0-9a-f]{40,64}$/.test(etag))
      throw new Error(`the hub says no digest of ${name}: it has to know "?blobs=true"`);
    const blob = await cache.blobPath(etag);
    if (!(await isThere(blob, file))) {
      onFile(name);
      await fetchBlob(`${hub.endpoint}/${model}/resolve/${sha}/${name}`, hub, blob, file);
    }
    await cache.link(sha, name, etag);
  }
  await cache.refer(revision, sha);
  return sha;
}

async function isThere(blob: string, { size }: Listed): Promise<boolean> {
  const found = await stat(blob).catch(() => undefined);
  return found !== undefined && (size === undefined || found.size === size);
}

async function fetchBlob(address: string, hub: Hub, blob: string, { lfs, rfilename }: Listed): Promise<void> {
  const { body } = await ask(address, hub);
  if (!body) throw new Error(`the hub answered nothing for ${rfilename}`);
  const part = `${blob}.incomplete`;
  await pipeline(Readable.fromWeb(body), createWriteStream(part));
  if (lfs) await judge(part, lfs.sha256, rfilename);
  await rename(part, blob);
}

async function judge(part: string, expected: string, name: string): Promise<void> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(part), hash);
  const found = hash.digest("hex");
  if (found === expected) return;
  await rm(part);
  throw new Error(`${name} has the SHA-256 ${found}, and the hub says ${expected}`);
}

async function ask(address: string, { token }: Hub): Promise<Response> {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  const response = await fetch(address, { headers });
  if (!response.ok) throw new Error(`GET ${new URL(address).pathname} answered ${response.status}`);
  return response;
}
