import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { z } from "zod";
import { follow, type Workshop } from "./engine.ts";
import { messageOf } from "./run.ts";

/** How long it is taken for granted that a registry which couldn't be reached still can't be. */
const REMEMBERED_MILLISECONDS = 60 * 60 * 1000;

/** The image registry, as far as the engine can reach it. */
export interface Registry {
  /**
   * Pulls an image.
   *
   * @returns Why the registry can't be reached; nothing when the image was pulled
   * @throws Error when the registry answers but doesn't give the image
   */
  pull(reference: string): Promise<string | undefined>;
}

/** Opens the registry. One that can't be reached is tried once, and for the next hour it isn't tried again. */
export async function openRegistry(home: string, workshop: Workshop): Promise<Registry> {
  const memory = path.join(home, "images", "unreachable-registry.json");
  let outage = await recall(memory);
  return {
    async pull(reference) {
      if (outage) return outage;
      try {
        await pull(reference, workshop);
        await rm(memory, { force: true });
        return undefined;
      } catch (error) {
        workshop.signal.throwIfAborted();
        if (!isUnreachable(messageOf(error))) throw refusal(reference, error);
        outage = reasonOf(error);
        await remember(memory, outage);
        return outage;
      }
    },
  };
}

async function pull(reference: string, { docker, report, signal }: Workshop): Promise<void> {
  report(`pulling ${reference}`);
  const stream = await docker.pull(reference, { abortSignal: signal });
  await follow(stream, docker);
}

/** What the engine says, without what its client puts before it. */
function reasonOf(error: unknown): string {
  return messageOf(error)
    .replace(/^\(HTTP code \d+\).*? - /, "")
    .trim();
}

function refusal(reference: string, error: unknown): Error {
  return new Error(
    `cannot pull ${reference}: ${reasonOf(error)}; the registry answers, so nothing stands in for the image: ` +
      `log in with docker login, wait if there were too many pulls, or put the image on this host by docker load`,
    { cause: error },
  );
}

/** The ways in which the engine says that it got no answer from a registry at all. */
const NO_ANSWER = [
  "no such host",
  "server misbehaving",
  "failure in name resolution",
  "connection refused",
  "connection reset",
  "network is unreachable",
  "no route to host",
  "i/o timeout",
  "TLS handshake timeout",
  "request canceled",
  "context deadline exceeded",
  "proxyconnect",
  "certificate",
  ": EOF",
];

/** Whether the engine's error means that no registry was reached, rather than that it gave a bad answer. */
export function isUnreachable(message: string): boolean {
  return NO_ANSWER.some((words) => message.includes(words));
}

const outageFile = z.object({ since: z.iso.datetime(), why: z.string() });

/** Why the registry couldn't be reached within the last hour; a memory that can't be read counts as none. */
export async function recall(file: string, now = Date.now()): Promise<string | undefined> {
  try {
    const { since, why } = outageFile.parse(JSON.parse(await readFile(file, "utf8")));
    const age = now - Date.parse(since);
    return age >= 0 && age < REMEMBERED_MILLISECONDS ? why : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps for the next hour that the registry couldn't be reached. */
export async function remember(file: string, why: string, now = Date.now()): Promise<void> {
  const outage: z.infer<typeof outageFile> = { since: new Date(now).toISOString(), why };
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(outage));
}
