import { readFileSync } from "node:fs";
import * as path from "node:path";
import type { OwnImageName } from "../../components/images.ts";
import { digestOf, digestOfFolder } from "./digest.ts";
import { buildFolder, type Workshop } from "./engine.ts";
import { labelsOf } from "./labels.ts";
import { packageFolder } from "./package-folder.ts";
import { imageId, isMadeFrom } from "./present.ts";
import type { RecipeName } from "./recipes.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";
import type { ObtainedImage } from "./types.ts";

/** An image whose program is this repository's own, in `images/<name>/`. */
export interface OwnImage {
  readonly name: OwnImageName;
  /** What it is built on. */
  readonly base: RecipeName;
  /** What it is, as its label says. */
  readonly description: string;
  /** Writes the context of the image from the sources, which the npm package has not: there, the context itself is. */
  readonly writeContext: (folder: string, sources: string, signal: AbortSignal) => Promise<void>;
}

const runsFromSources = import.meta.url.endsWith(".ts");

/** Name and tag of an own image. Another content has another tag, so that containers follow it. */
export function ownReference(image: OwnImage): string {
  return `${repositoryOf(image)}:${manifest().version}-${contentDigest(image).slice(0, 12)}`;
}

/** Builds an own image on another, unless it is there. */
export async function buildOwn(
  image: OwnImage,
  base: ObtainedImage,
  workshop: Workshop,
): Promise<ObtainedImage> {
  const { docker } = workshop;
  const reference = ownReference(image);
  // By its id: another base may come to have the same name.
  const recipe = digestOf(contentDigest(image), (await imageId(docker, base.reference)) ?? base.reference);
  const built = { reference, kind: base.kind, why: `built here on ${base.reference}` };
  if (!(await isMadeFrom(docker, reference, recipe))) await build(image, recipe, base, workshop);
  // What Pulumi runs without the command `keelson` asks for the version alone.
  await docker.getImage(reference).tag({ repo: repositoryOf(image), tag: manifest().version });
  return built;
}

async function build(
  image: OwnImage,
  recipe: string,
  base: ObtainedImage,
  workshop: Workshop,
): Promise<void> {
  const { docker, signal } = workshop;
  const reference = ownReference(image);
  const report = (line: string) => workshop.report(`${image.name}: ${line}`);
  report(`building ${reference}`);
  await withTemporaryFolder(async (temporary) => {
    const folder = runsFromSources ? path.join(temporary, "context") : shippedContext(image);
    if (runsFromSources) await image.writeContext(folder, sourcesOf(image), signal);
    const labels = labelsOf(recipe, image.description);
    await buildFolder({ reference, folder, base: base.reference, labels }, { docker, report, signal });
  });
}

/** Changes with the program: with its sources and the versions of the packages that it is bundled with. */
function contentDigest(image: OwnImage): string {
  if (!runsFromSources) return digestOfFolder(shippedContext(image));
  return digestOf(digestOfFolder(sourcesOf(image)), JSON.stringify(manifest().devDependencies));
}

function repositoryOf({ name }: OwnImage): string {
  return `keelson/${name}`;
}

function sourcesOf({ name }: OwnImage): string {
  return path.join(packageFolder, "images", name);
}

/** The context that the npm package brings along, complete: what makes it isn't installed with the package. */
function shippedContext({ name }: OwnImage): string {
  return path.join(packageFolder, "dist", "images", name, "context");
}

function manifest(): Manifest {
  return JSON.parse(readFileSync(path.join(packageFolder, "package.json"), "utf8"));
}

interface Manifest {
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
}
