import { existsSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";
import { KubeConfig } from "@kubernetes/client-node";
import { keelsonHome } from "../../../embedded/parts/index.ts";
import { Mendable, messageOf } from "../../mendable.ts";
import type { Variables } from "../target.ts";
import type { KubernetesSettings } from "./settings.ts";

/** The kubeconfig of a stack. */
export interface Chosen {
  readonly config: KubeConfig;
  /** Whether it leads to keelson's own cluster on this machine. */
  readonly isOwnCluster: boolean;
  /** Where it was found, in words. */
  readonly source: string;
  /** What tells the engine and its plugins of it; nothing where they find it by themselves. */
  readonly environment: Variables;
}

/** Where a kubeconfig is looked for. */
export interface Whereabouts {
  /** Folder that paths in a stack file begin at. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The kubeconfig of keelson's own cluster, whether it is up or not. */
export function ownKubeconfig(environment: Whereabouts["environment"] = process.env): string {
  return path.join(keelsonHome(environment), "cluster", "kubeconfig");
}

/**
 * Finds the kubeconfig of a stack: the one that its settings name, else the one that `kubectl` would use, else that of keelson's own
 * cluster, if it is up.
 *
 * @throws Mendable when there is none, or when it has no such context
 */
export function chooseKubeconfig(settings: KubernetesSettings, whereabouts: Whereabouts): Chosen {
  const { files, source, environment } = locate(settings, whereabouts);
  const config = load(files, source);
  if (settings.context !== undefined) choose(config, settings.context, source);
  if (!config.getCurrentCluster()) {
    throw new Mendable(
      `${source} does not say which cluster is meant: its current context is "${config.getCurrentContext()}"`,
      "choose one by kubectl config use-context NAME, or name it in the stack file: keelson:kubernetes.context",
    );
  }
  return { config, source, environment, isOwnCluster: isOwn(config, ownKubeconfig(whereabouts.environment)) };
}

function locate({ kubeconfig }: KubernetesSettings, { folder, environment }: Whereabouts) {
  const itself = {} as Variables;
  if (kubeconfig !== undefined) {
    return {
      files: [path.resolve(folder, kubeconfig)],
      source: `keelson:kubernetes.kubeconfig (${kubeconfig})`,
      environment: itself,
    };
  }
  const listed = (environment["KUBECONFIG"] ?? "").split(path.delimiter).filter(Boolean);
  if (listed.length > 0) {
    return { files: listed, source: `KUBECONFIG (${listed.join(", ")})`, environment: itself };
  }
  const usual = path.join(environment["HOME"] ?? homedir(), ".kube", "config");
  if (existsSync(usual)) return { files: [usual], source: usual, environment: itself };
  const own = ownKubeconfig(environment);
  if (existsSync(own)) {
    return {
      files: [own],
      source: "keelson's own cluster on this machine",
      environment: { KUBECONFIG: own },
    };
  }
  throw new Mendable(
    `there is no kubeconfig: neither keelson:kubernetes.kubeconfig nor KUBECONFIG is set, and ${usual} is missing`,
    "name one in the stack file, or start a cluster on this machine: npx keelson cluster up",
  );
}

function load(files: readonly string[], source: string): KubeConfig {
  // Of several files, as kubectl does, those that are missing are left out.
  const present = files.filter((file) => existsSync(file));
  if (present.length === 0) {
    throw new Mendable(`${source} names no file that there is`, "mend that, or put the file there");
  }
  const config = new KubeConfig();
  try {
    for (const [index, file] of present.entries()) {
      if (index === 0) config.loadFromFile(file);
      else merge(config, file);
    }
  } catch (error) {
    throw new Mendable(`${source} cannot be read: ${messageOf(error)}`, "mend that file", { cause: error });
  }
  return config;
}

function merge(config: KubeConfig, file: string): void {
  const more = new KubeConfig();
  more.loadFromFile(file);
  config.mergeConfig(more, true);
}

function choose(config: KubeConfig, context: string, source: string): void {
  const names = config.getContexts().map(({ name }) => name);
  if (!names.includes(context)) {
    throw new Mendable(
      `${source} has no context "${context}", which keelson:kubernetes.context names`,
      `name one that it has: ${names.join(", ")}`,
    );
  }
  config.setCurrentContext(context);
}

/** Clusters are the same where address and authority are. */
function isOwn(config: KubeConfig, own: string): boolean {
  if (!existsSync(own)) return false;
  const other = new KubeConfig();
  other.loadFromFile(own);
  const [one, two] = [config, other].map((each) => each.getCurrentCluster());
  return one?.server === two?.server && one?.caData === two?.caData && one?.caFile === two?.caFile;
}
