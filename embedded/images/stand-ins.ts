import { readFileSync } from "node:fs";
import { cp, mkdir, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { bundle } from "../parts/bundle.ts";
import { licences } from "../parts/licences.ts";
import { digestOf, digestOfFolder } from "./digest.ts";
import { nodeProgram, nodeVersion } from "./materials.ts";
import { packageFolder } from "./package-folder.ts";

/** Servers that no package registry has, and that a program of this repository answers for. */
export const standIns = ["elasticsearch", "grafana", "mongodb-exporter", "qdrant", "weaviate"] as const;

/** Name of a server with a stand-in. */
export type StandInName = (typeof standIns)[number];

const runsFromSources = import.meta.url.endsWith(".ts");

/** The part of a recipe that all stand-ins have in common. */
export function standIn(name: StandInName) {
  return {
    isStandIn: true,
    fetchMaterials: (folder: string) => fetchProgram(name, folder),
    materialsDigest: () => programDigest(name),
  };
}

/** Puts a stand-in, and the Node that runs it, into the folder that its image is built from. */
async function fetchProgram(name: StandInName, folder: string): Promise<void> {
  await nodeProgram(folder);
  if (runsFromSources) await bundleStandIn(name, folder);
  else await cp(published(name), folder, { recursive: true });
}

/** Changes with a stand-in: with its sources, the versions of the packages that it is bundled with, and its Node. */
function programDigest(name: StandInName): string {
  if (!runsFromSources) return digestOf(digestOfFolder(published(name)), nodeVersion);
  const { devDependencies }: Manifest = JSON.parse(
    readFileSync(path.join(packageFolder, "package.json"), "utf8"),
  );
  return digestOf(digestOfFolder(sources), JSON.stringify(devDependencies), nodeVersion);
}

/** Bundles every stand-in to where the npm package brings it along: what bundling needs isn't installed with the package. */
export async function publishStandIns(): Promise<void> {
  for (const name of standIns) await bundleStandIn(name, published(name));
}

async function bundleStandIn(name: StandInName, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const made = await bundle(
    path.join(sources, name, "main.ts"),
    path.join(folder, "server.mjs"),
    `images/stand-ins/${name}`,
  );
  await writeFile(path.join(folder, "licences.txt"), licences(packageFolder, [made]));
}

const sources = path.join(packageFolder, "images", "stand-ins");

const published = (name: StandInName) => path.join(packageFolder, "dist", "images", "stand-ins", name);

interface Manifest {
  readonly devDependencies: Readonly<Record<string, string>>;
}
