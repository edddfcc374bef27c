import { readFileSync } from "node:fs";
import * as path from "node:path";
import { digestOf, digestOfFolder } from "./digest.ts";
import { buildFolder, type Workshop } from "./engine.ts";
import { labelsOf } from "./labels.ts";
import { packageFolder } from "./package-folder.ts";
import { isMadeFrom } from "./present.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";
import type { ObtainedImage } from "./types.ts";

const sources = path.join(packageFolder, "images", "reference-app");

/** The context that the npm package brings along, bundled: the packages that bundling needs aren't installed with it. */
const shippedContext = path.join(packageFolder, "dist", "images", "reference-app", "context");

const runsFromSources = import.meta.url.endsWith(".ts");

const REPOSITORY = "keelson/reference-app";

/** Name and tag of the reference application's image. Another content has another tag, so that containers follow it. */
export function referenceAppReference(): string {
  return `${REPOSITORY}:${manifest().version}-${contentDigest().slice(0, 12)}`;
}

/** Builds the reference application on a Node image, unless it is there. */
export async function buildReferenceApp(base: ObtainedImage, workshop: Workshop): Promise<ObtainedImage> {
  const { docker } = workshop;
  const reference = referenceAppReference();
  const recipe = digestOf(contentDigest(), base.reference);
  const built = { reference, kind: base.kind, why: `built here on ${base.reference}` };
  if (!(await isMadeFrom(docker, reference, recipe))) await build(reference, recipe, base, workshop);
  // What Pulumi runs without the command `keelson` asks for the version alone.
  await docker.getImage(reference).tag({ repo: REPOSITORY, tag: manifest().version });
  return built;
}

async function build(
  reference: string,
  recipe: string,
  base: ObtainedImage,
  workshop: Workshop,
): Promise<void> {
  const { docker, signal } = workshop;
  const report = (line: string) => workshop.report(`reference-app: ${line}`);
  report(`building ${reference}`);
  await withTemporaryFolder(async (temporary) => {
    const folder = runsFromSources ? await bundle(path.join(temporary, "context")) : shippedContext;
    const labels = labelsOf(recipe, "Stands in for a private application image and proves its wiring");
    await buildFolder({ reference, folder, base: base.reference, labels }, { docker, report, signal });
  });
}

async function bundle(folder: string): Promise<string> {
  const sourceModule: Bundler = await import(path.join(sources, "build.ts"));
  await sourceModule.buildReferenceApp(folder);
  return folder;
}

/** Changes with the application: with its sources and the versions of the packages that it is bundled with. */
function contentDigest(): string {
  if (!runsFromSources) return digestOfFolder(shippedContext);
  const { devDependencies } = manifest();
  return digestOf(digestOfFolder(sources), JSON.stringify(devDependencies));
}

function manifest(): Manifest {
  return JSON.parse(readFileSync(path.join(packageFolder, "package.json"), "utf8"));
}

/** What `images/reference-app/build.ts` exports: named here, for the compiler leaves it out of the package. */
interface Bundler {
  buildReferenceApp(directory: string): Promise<void>;
}

interface Manifest {
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
}
