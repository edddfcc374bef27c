import { createHash } from "node:crypto";
import { existsSync, globSync } from "node:fs";
import { cp, mkdir, rename, rm } from "node:fs/promises";
import * as path from "node:path";
import { z } from "zod";
import { goCommand } from "../../go/command.ts";
import { checksum, requiredVersion } from "../../go/module.ts";
import { type ClusterContext, paths } from "../context.ts";
import { definitionsFolder, textOf } from "../kept-definitions.ts";
import { moduleOf } from "./programs.ts";

/** Files of a Go module. */
interface Source {
  readonly name: string;
  readonly version: string;
  /** Of the whole module, as go.sum has it. */
  readonly checksum: string;
  readonly files: string;
}

/** The custom resources that platforms are made of, so that the API server checks them whether their controllers run here or not. */
const sources = (): Readonly<Record<string, Source>> => ({
  "gateway-api": {
    // Traefik reads kinds that older versions do not have, and serves nothing as long as one is missing.
    ...inModule("traefik", "sigs.k8s.io/gateway-api"),
    // All but a policy that keeps clusters from going back to an older version.
    files: "config/crd/standard/gateway.networking.k8s.io_[!v]*.yaml",
  },
  "cert-manager": {
    name: "github.com/cert-manager/cert-manager",
    version: "1.19.0",
    checksum: "h1:pPKtK06zPriliwq7B12xa7DGKbc4SvnfOjE0BXaAspk=",
    files: "deploy/crds/*.yaml",
  },
  keda: {
    name: "github.com/kedacore/keda/v2",
    version: "2.18.0",
    checksum: "h1:ttR223fii/4QJ0YvtrhcWHaEoezByb/t5CeFopjl6EI=",
    files: "config/crd/bases/*.yaml",
  },
  "cloudnative-pg": {
    name: "github.com/cloudnative-pg/cloudnative-pg",
    version: "1.27.0",
    checksum: "h1:mp0zlYO4vKAJmQdArWORWKr1lmB4Hj8JeBQGX5RBnpg=",
    files: "config/crd/bases/*.yaml",
  },
  "prometheus-operator": {
    name: "github.com/prometheus-operator/prometheus-operator",
    version: "0.85.0",
    checksum: "h1:M5xLCLEoaW2IJfnuCwFzzpL+jSVQu3KGT84Pye+fW8s=",
    files: "example/prometheus-operator-crd/monitoring.coreos.com_{podmonitors,prometheusrules}.yaml",
  },
  traefik: {
    ...inModule("traefik", "github.com/traefik/traefik/v3"),
    files: "docs/content/reference/dynamic-configuration/kubernetes-crd-definition-v1.yml",
  },
});

/** How kwok plays nodes, pods and volumes. */
const stages = (): Source => ({
  ...inModule("kwok", "sigs.k8s.io/kwok"),
  files:
    "kustomize/stage/{node/fast,node/heartbeat-with-lease,pod/fast,volume/fast}/{node,pod,pv,pvc}-*.yaml",
});

/** Texts of YAML that the control plane needs. */
export interface Definitions {
  /** The definitions of custom resources, one text for each project. */
  readonly customResources: readonly string[];
  readonly stages: string;
  /** Changes with what is in them. */
  readonly digest: string;
}

/**
 * Downloads the modules that hold the definitions, unless it was done before.
 *
 * @throws Error if there is no Go, or a module can't be had or isn't the one that was tried
 */
export async function obtainDefinitions(context: ClusterContext): Promise<Definitions> {
  const projects = sources();
  const wanted = { ...projects, stages: stages() };
  const digest = createHash("sha256").update(JSON.stringify(wanted)).digest("hex").slice(0, 12);
  const folder = definitionsFolder(context, digest);
  if (!existsSync(folder)) {
    const unfinished = path.join(paths(context).caches, "definitions");
    await rm(unfinished, { recursive: true, force: true });
    for (const [name, source] of Object.entries(wanted)) {
      await collect(source, await download(context, source), path.join(unfinished, name));
    }
    await mkdir(path.dirname(folder), { recursive: true });
    await rename(unfinished, folder);
  }
  return {
    customResources: Object.keys(projects).map((project) => textOf(path.join(folder, project))),
    stages: textOf(path.join(folder, "stages")),
    digest,
  };
}

function inModule(folder: string, name: string): Omit<Source, "files"> {
  const module = moduleOf(folder);
  return { name, version: requiredVersion(module, name), checksum: checksum(module, name) };
}

const downloaded = z.object({ Dir: z.string(), Sum: z.string() });

async function download(context: ClusterContext, source: Source): Promise<string> {
  const { caches } = paths(context);
  context.progress(`downloading the definitions of ${source.name}`);
  const what = `the definitions of ${source.name}`;
  const go = await goCommand({ ...context, what, module: moduleOf("kwok"), caches });
  const answer = await go(["mod", "download", "-json", `${source.name}@v${source.version}`]);
  const { Dir, Sum } = downloaded.parse(JSON.parse(answer));
  if (Sum === source.checksum) return Dir;
  throw new Error(
    `${source.name} v${source.version} has the checksum ${Sum}, but should have ${source.checksum}`,
  );
}

async function collect(source: Source, module: string, folder: string): Promise<void> {
  const files = globSync(source.files, { cwd: module });
  if (files.length === 0) throw new Error(`${source.name} v${source.version} has no files ${source.files}`);
  await mkdir(folder, { recursive: true });
  for (const file of files) await cp(path.join(module, file), path.join(folder, path.basename(file)));
}
