import { parseAllDocuments, stringify } from "yaml";
import type { Value, Values } from "../../provider/value.ts";
import { exactVersion, type KnownChart, knownChart } from "./charts.ts";
import type { Revision } from "./history.ts";
import type { Release } from "./inputs.ts";

const definitionVersion = "apiextensions.k8s.io/v1";

/** Stands at the top of a manifest, for whoever asks Helm for it. */
const explanation =
  "# keelson's embedded kubernetes plugin could not download the chart: of its objects, only these definitions are in the cluster.\n";

/** The chart of a release whose inputs were checked. */
export function chartOf({ chart, repositoryOpts }: Release): KnownChart {
  return knownChart(chart, repositoryOpts?.["repo"] !== undefined && repositoryOpts["repo"] !== "");
}

/** The next revision of a release. */
export function nextRevision(
  release: Release,
  { version, config, firstDeployed }: { version: number; config: Values; firstDeployed?: string | undefined },
): Revision {
  const now = new Date().toISOString();
  const done = version === 1 ? "Install complete" : "Upgrade complete";
  return {
    name: release.name,
    namespace: release.namespace,
    version,
    info: {
      first_deployed: firstDeployed ?? now,
      last_deployed: now,
      deleted: "",
      description: release.description || done,
      status: "deployed",
    },
    chart: recordedChart(release),
    config,
    manifest: release.skipCrds ? "" : manifestOf(chartOf(release)),
  };
}

/** What is known of the chart, in the form in which Helm keeps a whole one. */
function recordedChart(release: Release): Revision["chart"] {
  const { name, version: pinned, appVersion } = chartOf(release);
  const version = exactVersion(chartOf(release), release.version);
  return {
    metadata: {
      apiVersion: "v2",
      name,
      version,
      ...(version === pinned && { appVersion }),
      description: "Not downloaded: only its definitions of custom resources are in the cluster",
      type: "application",
    },
    lock: null,
    templates: [],
    values: {},
    schema: null,
    files: [],
  };
}

function manifestOf({ brings }: KnownChart): string {
  const documents = (brings?.definitions ?? []).map((name) =>
    stringify({
      apiVersion: definitionVersion,
      kind: "CustomResourceDefinition",
      metadata: { name, annotations: { "helm.sh/resource-policy": "keep" } },
    }),
  );
  return documents.length === 0 ? "" : `${explanation}---\n${documents.join("---\n")}`;
}

/** An object of a manifest, as far as its name goes. */
export interface Named {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string | undefined;
  /** Whether Helm leaves it when the release goes. */
  readonly isKept: boolean;
}

/** The objects of a manifest, whoever wrote it. */
export function objectsIn(manifest = ""): readonly Named[] {
  return parseAllDocuments(manifest).flatMap((document): Named[] => {
    const object = document.toJS() as {
      apiVersion: string;
      kind?: string;
      metadata: { name: string; namespace?: string; annotations?: Record<string, Value> };
    } | null;
    if (object?.kind === undefined) return [];
    const { apiVersion, kind, metadata } = object;
    const isKept = metadata.annotations?.["helm.sh/resource-policy"] === "keep";
    return [{ apiVersion, kind, name: metadata.name, namespace: metadata.namespace, isKept }];
  });
}
