import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";

/** Lends a folder that is removed afterwards, however the work ends. */
export async function withTemporaryFolder<Result>(
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), "keelson-image-"));
  try {
    return await work(folder);
  } finally {
    // Tried again for a while: a program that was stopped may have children that still write.
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}
