import { parseAllDocuments } from "yaml";
import type { Context } from "../../provider/resource.ts";
import type { Value, Values } from "../../provider/value.ts";
import { hasReason } from "../api/errors.ts";
import type { KubernetesObject } from "../api/object.ts";
import { awaitReady } from "../await/index.ts";
import type { Cluster } from "../config/cluster.ts";
import { awaitContext, requestOptions } from "../operations/surroundings.ts";
import type { KnownChart } from "./charts.ts";
import { type Release, timeoutSeconds } from "./inputs.ts";

/** Finds the definitions of a project's custom resources on this machine, as YAML; nothing if there are none. */
export type FindDefinitions = (project: string) => string | undefined;

const kind = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" } as const;

/**
 * Has the API server know the custom resources of a chart. Those that it knows already stay as they are, as Helm leaves them.
 *
 * @throws Error that names what neither the API server nor this machine has
 */
export async function define(
  chart: KnownChart,
  release: Release,
  find: FindDefinitions,
  context: Context<Cluster>,
): Promise<void> {
  const missing = await unknownTo(context.configuration.client, chart, context);
  if (!chart.brings || missing.size === 0) return;
  const found = definitionsIn(find(chart.brings.project) ?? "");
  const names = new Set(found.map(({ metadata }) => metadata.name));
  const nowhere = [...missing].filter((name) => !names.has(name));
  if (nowhere.length > 0)
    throw new Error(
      `the cluster does not know ${nowhere.join(", ")}, and the embedded kubernetes plugin downloads no charts: apply the definitions of ${chart.name} ${release.version} with kubectl, or use the official plugin`,
    );
  const wanted = found.filter(({ metadata }) => missing.has(metadata.name ?? ""));
  await Promise.all(wanted.map((definition) => make(ownedBy(release, definition), release, context)));
}

async function unknownTo(
  client: Cluster["client"],
  { brings }: KnownChart,
  context: Context<Cluster>,
): Promise<ReadonlySet<string>> {
  if (!brings) return new Set();
  const { items } = await client.list(kind, {}, requestOptions(context));
  const known = new Set(items.map(({ metadata }) => metadata.name));
  return new Set(brings.definitions.filter((name) => !known.has(name)));
}

function definitionsIn(text: string): readonly KubernetesObject[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS() as Value)
    .filter((object): object is KubernetesObject => (object as Values | null)?.["kind"] === kind.kind);
}

/** So marked, Helm takes an object for one of the release's, and leaves it when the release goes. */
function ownedBy({ name, namespace }: Release, definition: KubernetesObject): KubernetesObject {
  const { status: _, ...object } = definition;
  const { labels, annotations, ...metadata } = object.metadata;
  return {
    ...object,
    ...kind,
    metadata: {
      ...metadata,
      labels: { ...labels, "app.kubernetes.io/managed-by": "Helm" },
      annotations: {
        ...annotations,
        "helm.sh/resource-policy": "keep",
        "meta.helm.sh/release-name": name,
        "meta.helm.sh/release-namespace": namespace,
      },
    },
  };
}

async function make(
  definition: KubernetesObject,
  release: Release,
  context: Context<Cluster>,
): Promise<void> {
  const { client } = context.configuration;
  try {
    const live = await client.create(definition, { ...requestOptions(context), fieldManager: "helm" });
    if (release.skipAwait) return;
    await awaitReady({
      ...awaitContext(context, definition, live),
      timeoutSeconds: timeoutSeconds(release),
    });
  } catch (error) {
    // Another release of the same program may have been faster.
    if (!hasReason(error, "AlreadyExists")) throw error;
  }
}
