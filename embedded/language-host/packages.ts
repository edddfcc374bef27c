import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import * as path from "node:path";
import language, {
  type GetProgramDependenciesRequest,
  type GetProgramDependenciesResponse,
  type GetRequiredPackagesRequest,
  type GetRequiredPackagesResponse,
} from "@pulumi/pulumi/proto/language_pb.js";
import plugin, {
  type PackageDependency,
  type PackageParameterization,
} from "@pulumi/pulumi/proto/plugin_pb.js";

/** What is read of a package's package.json. */
interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly pulumi?: {
    /** The package is an SDK for resources, and needs the plugin described by the other properties. */
    readonly resource?: boolean;
    readonly name?: string;
    readonly version?: string;
    /** Where the plugin is to be had, if not from Pulumi. */
    readonly server?: string;
    readonly parameterization?: Parameterization;
    readonly extensionParameterization?: Parameterization;
  };
}

interface Parameterization {
  readonly name: string;
  readonly version: string;
  /** Base64. */
  readonly value?: string;
}

/** The plugins that the SDKs installed in the program's folder ask for. */
export function requiredPackages(request: GetRequiredPackagesRequest): GetRequiredPackagesResponse {
  const required = [...manifestsBelow(request.getInfo()?.getProgramDirectory() ?? ".")]
    .map(requiredPlugin)
    .filter((dependency) => dependency !== undefined);
  return new language.GetRequiredPackagesResponse().setPackagesList(required);
}

function requiredPlugin({ name = "", version, pulumi }: Manifest): PackageDependency | undefined {
  if (!pulumi?.resource) return undefined;
  const pluginName = pulumi.name ?? (name.startsWith("@pulumi/") ? name.slice("@pulumi/".length) : undefined);
  const pluginVersion = pulumi.version ?? version;
  // Such a package names no plugin; the engine finds it when a resource of its is registered.
  if (pluginName === undefined || pluginVersion === undefined) return undefined;
  return new plugin.PackageDependency()
    .setName(pluginName)
    .setKind("resource")
    .setVersion(pluginVersion.startsWith("v") ? pluginVersion : `v${pluginVersion}`)
    .setServer(pulumi.server ?? "")
    .setParameterization(parameterization(pulumi.parameterization))
    .setExtension$(parameterization(pulumi.extensionParameterization));
}

function parameterization(given: Parameterization | undefined): PackageParameterization | undefined {
  if (!given) return undefined;
  return new plugin.PackageParameterization()
    .setName(given.name)
    .setVersion(given.version)
    .setValue(given.value ?? "");
}

/** The packages that the program's package.json names, or all that are installed, with their installed versions. */
export function programDependencies(request: GetProgramDependenciesRequest): GetProgramDependenciesResponse {
  const root = projectRoot(request.getInfo()?.getProgramDirectory() ?? request.getPwd());
  const { dependencies, devDependencies } = readManifest(root) ?? {};
  const direct = { ...dependencies, ...devDependencies };
  const modules = path.join(root, "node_modules");
  const manifests = request.getTransitivedependencies()
    ? [...manifestsIn(modules, new Set())]
    : Object.keys(direct).map((name) => readManifest(path.join(modules, name)));
  return new language.GetProgramDependenciesResponse().setDependenciesList(
    manifests
      .filter((manifest) => manifest !== undefined)
      .map(({ name = "", version = "" }) => new language.DependencyInfo().setName(name).setVersion(version)),
  );
}

/** The nearest folder, upwards from `directory`, with a package.json. */
function projectRoot(directory: string): string {
  for (let folder = path.resolve(directory); ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, "package.json"))) return folder;
    if (folder === path.dirname(folder)) {
      throw new Error(`no package.json found in ${directory} or a folder above it`);
    }
  }
}

/** Every package in a node_modules folder in or below `directory`; policy packs are not part of the program. */
function* manifestsBelow(directory: string, seen = new Set<string>()): Generator<Manifest> {
  if (!isNew(directory, seen)) return;
  for (const name of foldersIn(directory)) {
    const folder = path.join(directory, name);
    if (name === "node_modules") yield* manifestsIn(folder, seen);
    else if (!name.startsWith(".") && !existsSync(path.join(folder, "PulumiPolicy.yaml"))) {
      yield* manifestsBelow(folder, seen);
    }
  }
}

/** Every package in the node_modules folder `modules`, and in those of its packages. */
function* manifestsIn(modules: string, seen: Set<string>): Generator<Manifest> {
  for (const name of foldersIn(modules)) {
    const folder = path.join(modules, name);
    if (name.startsWith("@")) {
      yield* manifestsIn(folder, seen);
      continue;
    }
    if (!isNew(folder, seen)) continue;
    const manifest = readManifest(folder);
    if (manifest) yield manifest;
    yield* manifestsIn(path.join(folder, "node_modules"), seen);
  }
}

/** Whether a folder was not seen before, by whatever link: links can lead back to where we are. */
function isNew(folder: string, seen: Set<string>): boolean {
  const real = realpathSync(folder);
  if (seen.has(real)) return false;
  seen.add(real);
  return true;
}

function foldersIn(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() || (entry.isSymbolicLink() && leadsToFolder(entry.name, directory)),
    )
    .map((entry) => entry.name)
    .toSorted();
}

function leadsToFolder(name: string, directory: string): boolean {
  return statSync(path.join(directory, name), { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function readManifest(folder: string): Manifest | undefined {
  const file = path.join(folder, "package.json");
  if (!existsSync(file)) return undefined;
  try {
    const manifest: Manifest = JSON.parse(readFileSync(file, "utf8"));
    return manifest;
  } catch {
    // Packages ship deliberately broken ones as test data.
    return undefined;
  }
}
