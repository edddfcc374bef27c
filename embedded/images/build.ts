import { cp } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { images } from "../../components/images.ts";
import { base, makeBase } from "./base.ts";
import { buildFolder, isMadeFrom, labelsOf, removeLeftovers, type Workshop } from "./engine.ts";
import { embeddedReference, recipeDigest, recipeFolder, type RecipeName, recipes } from "./recipes.ts";
import { messageOf, run } from "./run.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";

/**
 * Builds embedded images, all at a time, save for those that are there already from the same recipes.
 *
 * @throws Error of the first image that cannot be built; nothing half-made is left behind
 */
export async function buildEmbedded(names: readonly RecipeName[], workshop: Workshop): Promise<void> {
  const missing = await missingOf(names, workshop);
  if (missing.length === 0) return;
  const { docker, signal } = workshop;
  const failure = new AbortController();
  const inside = { ...workshop, signal: AbortSignal.any([signal, failure.signal]) };
  try {
    await makeBase(inside);
    const builds = missing.map(async (name) => {
      try {
        await build(name, inside);
      } catch (error) {
        failure.abort(error);
        throw error;
      }
    });
    await Promise.allSettled(builds);
    inside.signal.throwIfAborted();
  } finally {
    // The engine takes a moment to end the container of a build that was stopped, and only then lets go of its image.
    if (inside.signal.aborted) await setTimeout(2000);
    await removeLeftovers(docker);
  }
}

async function missingOf(names: readonly RecipeName[], { docker }: Workshop): Promise<RecipeName[]> {
  const present = await Promise.all(
    names.map((name) => isMadeFrom(docker, embeddedReference(name), recipeDigest(name))),
  );
  return names.filter((_, index) => !present[index]);
}

async function build(name: RecipeName, workshop: Workshop): Promise<void> {
  const started = Date.now();
  const reference = embeddedReference(name);
  const report = (line: string) => workshop.report(`${name}: ${line}`);
  report(`building ${reference}`);
  await withTemporaryFolder(async (folder) => {
    await cp(recipeFolder(name), folder, { recursive: true });
    await recipes[name].fetchMaterials?.(folder, workshop.signal);
    // Files go into the image as they are, and a strict umask would keep them from its users.
    await run("chmod", ["-R", "a+rX", folder], { signal: workshop.signal, mend: "needs its own folder" });
    const labels = labelsOf(
      recipeDigest(name),
      `Stands in for ${officialReference(name)}; built from packages`,
    );
    await buildFolder({ reference, folder, base: base.reference, labels }, { ...workshop, report });
  }).catch((error: unknown) => {
    workshop.signal.throwIfAborted();
    throw new Error(`cannot build ${reference}: ${messageOf(error)}`, { cause: error });
  });
  report(`built ${reference} in ${Math.round((Date.now() - started) / 1000)} s`);
}

/** The official image whose contract a recipe honours. */
export function officialReference(name: RecipeName): string {
  return name === "node" ? "node:24-bookworm-slim" : images[name];
}
