import { cp, mkdir } from "node:fs/promises";
import * as path from "node:path";
import { catalogue } from "../../components/images.ts";
import { withLock } from "../go/lock.ts";
import { base, makeBase } from "./base.ts";
import { buildFolder, type Workshop } from "./engine.ts";
import { labelsOf } from "./labels.ts";
import { isMadeFrom } from "./present.ts";
import { embeddedReference, recipeDigest, recipeFolder, type RecipeName, recipes } from "./recipes.ts";
import { messageOf, run } from "./run.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";

/**
 * Builds embedded images, all at a time, save for those that are there already from the same recipes. Of several processes
 * that do so one builds, and the others wait for it.
 *
 * @param home - The folder of caches and state
 * @throws Error of the first image that cannot be built; nothing half-made is left behind
 */
export async function buildEmbedded(
  names: readonly RecipeName[],
  home: string,
  workshop: Workshop,
): Promise<void> {
  if ((await missingOf(names, workshop)).length === 0) return;
  const folder = path.join(home, "images");
  await mkdir(folder, { recursive: true });
  await withLock(
    path.join(folder, "build.lock"),
    () => buildMissing(names, workshop),
    (holder) => workshop.report(`process ${holder} is building images already: waiting for it`),
    workshop.signal,
  );
}

async function buildMissing(names: readonly RecipeName[], workshop: Workshop): Promise<void> {
  const missing = await missingOf(names, workshop);
  if (missing.length === 0) return;
  await makeBase(workshop);
  const failure = new AbortController();
  const inside = { ...workshop, signal: AbortSignal.any([workshop.signal, failure.signal]) };
  const builds = missing.map((name) => build(name, inside).catch((error: unknown) => failure.abort(error)));
  await Promise.all(builds);
  inside.signal.throwIfAborted();
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
  const labels = labelsOf(recipeDigest(name), descriptionOf(name));
  workshop.report(`${name}: building ${reference}`);
  try {
    await withTemporaryFolder(async (folder) => {
      await cp(recipeFolder(name), folder, { recursive: true });
      await recipes[name].fetchMaterials?.(folder, workshop.signal, workshop.report);
      // Files go into the image as they are, and a strict umask would keep them from its users.
      await run("chmod", ["-R", "a+rX", folder], { signal: workshop.signal, mend: "needs its own folder" });
      await buildFolder({ reference, folder, base: base.reference, labels }, workshop);
    });
  } catch (error) {
    throw new Error(`cannot build ${reference}: ${messageOf(error)}`, { cause: error });
  }
  workshop.report(`${name}: built ${reference} in ${Math.round((Date.now() - started) / 1000)} s`);
}

function descriptionOf(name: RecipeName): string {
  const official = officialReference(name);
  return recipes[name].isStandIn
    ? `Stand-in for ${official}: another program, which answers what keelson asks of it`
    : `Stands in for ${official}; built from packages`;
}

/** The official image whose contract a recipe honours. */
export function officialReference(name: RecipeName): string {
  return name === "node" ? "node:24-bookworm-slim" : catalogue[name];
}
