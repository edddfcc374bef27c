import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { bundle, bundledFrom } from "./bundle.ts";

const embedded = path.dirname(import.meta.dirname);

/** `.ts` in the repository; `.js` in the published package, where every program is bundled already. */
const extension = path.extname(import.meta.filename);

/** Where the published package has its bundles. */
const bundles = path.join(embedded, "bundles");

/** The names of the plugins that are embedded: each is a folder with a main file, and a bundle in the published package. */
export function embeddedPlugins(): string[] {
  if (extension === ".js")
    return readdirSync(bundles).flatMap((file) => /^plugins-(.+)\.mjs$/.exec(file)?.[1] ?? []);
  const folder = path.join(embedded, "plugins");
  return readdirSync(folder)
    .filter((name) => existsSync(path.join(folder, name, "main.ts")))
    .toSorted();
}

/** The programs that get credentials for clusters of a cloud, by the plugin of that cloud: each is a folder below cloud-commands. */
export const cloudCommands: Readonly<Record<string, string>> = {
  aws: "aws",
  "azure-native": "kubelogin",
  gcp: "gke-gcloud-auth-plugin",
};

/** The folders below embedded/ of the programs that the engine starts, itself or by way of a plugin. */
export function embeddedPrograms(): string[] {
  const commands = Object.values(cloudCommands).map((name) => `cloud-commands/${name}`);
  return ["language-host", ...embeddedPlugins().map((name) => `plugins/${name}`), ...commands];
}

/** The file name of a program's bundle. */
export function bundleName(program: string): string {
  return `${program.replace("/", "-")}.mjs`;
}

/**
 * One file that Node can run, for a program that the engine starts: a bundle starts in less than half the time of its sources. From the repository
 * it is made when sources have changed, and kept below `home`.
 *
 * @param program its folder below embedded/: `language-host`, `plugins/docker`
 */
export async function programFile(program: string, home: string): Promise<string> {
  if (extension === ".js") return path.join(bundles, bundleName(program));
  const file = path.join(home, "bundles", bundleName(program));
  const sources = (digest ??= digestOfSources());
  if (bundledFrom(file) !== sources) await bundle(path.join(embedded, program, "main.ts"), file, sources);
  return file;
}

/** What bundles are made of, beside packages: the sizes of clouds' machines and their releases of Kubernetes are the components' own. */
const sourceFolders = [
  "embedded/cloud-commands",
  "embedded/cluster",
  "embedded/language-host",
  "embedded/parts",
  "embedded/plugins",
  "components/clusters",
];

/** Of the sources as this process found them: they are many to read, and all bundles of one command are of the same. */
let digest: string | undefined;

/** A digest of all that can go into a bundle. */
function digestOfSources(): string {
  const root = path.dirname(embedded);
  const made = createHash("sha256").update(readFileSync(path.join(root, "package-lock.json")));
  for (const folder of sourceFolders) {
    for (const name of readdirSync(path.join(root, folder), {
      recursive: true,
      encoding: "utf8",
    }).toSorted()) {
      if (name.endsWith(".ts")) made.update(name).update(readFileSync(path.join(root, folder, name)));
    }
  }
  return made.digest("hex");
}
