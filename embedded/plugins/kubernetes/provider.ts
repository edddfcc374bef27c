import { keptDefinitions } from "../../cluster/kept-definitions.ts";
import { keelsonHome } from "../../parts/home.ts";
import type { Provider, Resource } from "../provider/resource.ts";
import { checkSettings } from "./config/check.ts";
import { Cluster } from "./config/cluster.ts";
import { diffSettings } from "./config/difference.ts";
import { readSettings, settingsTable } from "./config/settings.ts";
import { decode } from "./functions/decode.ts";
import { helmTemplate, kustomizeDirectory } from "./functions/unsupported.ts";
import { helmRelease } from "./helm/release.ts";
import { kindOfToken } from "./model/kinds.ts";
import { check } from "./operations/check.ts";
import { create, previewCreate } from "./operations/create.ts";
import { remove } from "./operations/delete.ts";
import { diff } from "./operations/diff.ts";
import { read } from "./operations/read.ts";
import { previewUpdate, update } from "./operations/update.ts";

/** Any object of the Kubernetes API. What it may hold is the API server's to say. */
const object: Resource<Cluster> = {
  keepsTime: true,
  check,
  diff,
  previewCreate,
  create,
  read,
  previewUpdate,
  update,
  delete: remove,
};

/** Kinds of the official plugin that are no kinds of the API. */
const composed = /^kubernetes:(helm\.sh|kustomize|yaml)\//;

function resourceOf(token: string): Resource<Cluster> | undefined {
  if (composed.test(token))
    throw new Error(
      `the embedded kubernetes plugin has no '${token}', as that is no object of the Kubernetes API: write its manifests with \`helm template\` or \`kubectl kustomize\` and declare them by yaml.ConfigFile, or use the official plugin`,
    );
  return kindOfToken(token) ? object : undefined;
}

/** Objects in a Kubernetes cluster, of built-in kinds and of any other that its API server has. */
export const kubernetes: Provider<Cluster> = {
  name: "kubernetes",
  version: "4.32.0",
  settings: settingsTable,
  resources: {
    "kubernetes:helm.sh/v3:Release": helmRelease((project) =>
      keptDefinitions({ home: keelsonHome() }, project),
    ),
  },
  otherResource: resourceOf,
  marksSecrets: true,
  functions: {
    "kubernetes:yaml:decode": decode,
    "kubernetes:helm:template": helmTemplate,
    "kubernetes:kustomize:directory": kustomizeDirectory,
  },
  checkSettings: (urn, settings) => checkSettings(urn, settings, process.env),
  diffSettings,
  configure: (given) => Cluster.connect(readSettings(given, process.env)),
};
