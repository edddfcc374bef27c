import { Document } from "yaml";
import { Mendable } from "../mendable.ts";
import type { Resource } from "../resources.ts";
import type { ExportedFile, ExportOptions, Format } from "./formats.ts";
import { isJob, RETRIED, retried } from "./jobs.ts";
import { extract, type Extracted, type Manifest } from "./manifest.ts";
import { renamed } from "./namespace.ts";

/**
 * The file that objects of a kind are in. kubectl takes the files of a folder by their names' order, which is right: what
 * others need to exist is in `crds` and `namespace`, and whatever starts comes last.
 */
const FILES: Readonly<Record<string, string>> = {
  CustomResourceDefinition: "crds.yaml",
  Namespace: "namespace.yaml",
  LimitRange: "namespace.yaml",
  ResourceQuota: "namespace.yaml",
  NetworkPolicy: "network.yaml",
  HorizontalPodAutoscaler: "scaling.yaml",
  PodDisruptionBudget: "scaling.yaml",
  ScaledObject: "scaling.yaml",
  ConfigMap: "settings.yaml",
  ServiceAccount: "settings.yaml",
  PersistentVolumeClaim: "volumes.yaml",
  Service: "services.yaml",
  Deployment: "workloads.yaml",
  StatefulSet: "workloads.yaml",
  DaemonSet: "workloads.yaml",
  Pod: "workloads.yaml",
  CronJob: "workloads.yaml",
  Job: "workloads.yaml",
};

/** Routes, certificates, and what operators are told. */
const OTHERS = "others.yaml";
const SECRETS = "secrets.yaml";

/** Manifests for `kubectl apply`. */
export const manifests: Format = {
  target: "kubernetes",
  ending: /\.(ya?ml|json)$/,
  files,
  use: (folder) => `kubectl apply -f ${folder}`,
};

function files(resources: readonly Resource[], { namespace }: ExportOptions): readonly ExportedFile[] {
  const extracted = inNamespace(resources.flatMap(extract), namespace);
  const byFile = new Map<string, Manifest[]>();
  for (const { manifest, isSecret } of extracted) {
    const file = isSecret ? SECRETS : (FILES[manifest.kind] ?? OTHERS);
    byFile.set(file, [...(byFile.get(file) ?? []), manifest]);
  }
  return [...byFile]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([name, objects]) => ({ name, content: written(objects), isSecret: name === SECRETS }));
}

function inNamespace(extracted: readonly Extracted[], to: string | undefined): readonly Extracted[] {
  if (to === undefined) return extracted;
  const [from, ...others] = new Set(extracted.flatMap(({ manifest }) => manifest.metadata.namespace ?? []));
  if (others.length > 0) {
    throw new Mendable(
      `the stack has objects in several namespaces (${[from, ...others].join(", ")}), which can't all be named "${to}"`,
      "leave --namespace out",
    );
  }
  if (from === undefined) return extracted;
  return extracted.map((each) => ({ ...each, manifest: renamed(each.manifest, from, to) }));
}

function written(objects: readonly Manifest[]): string {
  return objects.toSorted(byOrder).map(documentOf).join("---\n");
}

/** In a file, namespaces come before what is in them. */
function byOrder(one: Manifest, other: Manifest): number {
  return Number(other.kind === "Namespace") - Number(one.kind === "Namespace");
}

function documentOf(manifest: Manifest): string {
  const document = new Document(isJob(manifest) ? retried(manifest) : manifest, {
    aliasDuplicateObjects: false,
  });
  if (isJob(manifest)) document.commentBefore = RETRIED;
  return document.toString({ lineWidth: 0 });
}
