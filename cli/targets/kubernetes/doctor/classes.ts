import type { V1StorageClass } from "@kubernetes/client-node";
import { z } from "zod";
import type { Client } from "../../../../embedded/plugins/kubernetes/api/client.ts";
import type { KubernetesObject } from "../../../../embedded/plugins/kubernetes/api/object.ts";
import type { OnCluster, PlannedObject } from "../objects.ts";
import { listed } from "./listed.ts";

/** Whether the classes are there by which a cluster gives volumes and entries. */
export interface ClassFacts {
  /** Classes that the program names and that are not there, as `storage class "fast"`. */
  readonly missingClasses: readonly string[];
  /** Whether it claims volumes without a class, and no class is the usual one. */
  readonly lacksUsualClass: boolean;
}

const STORAGE = { apiVersion: "storage.k8s.io/v1", kind: "StorageClass" };

/** Kinds of classes, and where the objects that name one do so. */
const CLASSES = [
  {
    title: "ingress class",
    kind: { apiVersion: "networking.k8s.io/v1", kind: "IngressClass" },
    of: "Ingress",
    property: "ingressClassName",
  },
  {
    title: "Gateway class",
    kind: { apiVersion: "gateway.networking.k8s.io/v1", kind: "GatewayClass" },
    of: "Gateway",
    property: "gatewayClassName",
  },
  { title: "storage class", kind: STORAGE, of: "PersistentVolumeClaim", property: "storageClassName" },
] as const;

const USUAL = "storageclass.kubernetes.io/is-default-class";

/** Asks a cluster for the classes that a stack names. */
export async function classFacts(client: Client, { objects }: OnCluster): Promise<ClassFacts> {
  const missing = CLASSES.map(async ({ title, kind, of, property }) => {
    const named = objects
      .filter((object) => object.kind === of)
      .flatMap((object) => classOf(object, property));
    const there = await listed(client, kind);
    const names = there?.map(({ metadata }) => metadata.name) ?? named;
    return [...new Set(named)].filter((name) => !names.includes(name)).map((name) => `${title} "${name}"`);
  });
  const storage = await listed<KubernetesObject & Omit<V1StorageClass, "metadata">>(client, STORAGE);
  const hasUsual = storage?.some(({ metadata }) => metadata.annotations?.[USUAL] === "true") ?? true;
  const claims = objects.filter(({ kind }) => kind === "PersistentVolumeClaim");
  return {
    missingClasses: (await Promise.all(missing)).flat(),
    lacksUsualClass: !hasUsual && claims.some((claim) => classOf(claim, "storageClassName").length === 0),
  };
}

const spec = z.object({ spec: z.record(z.string(), z.unknown()) });

/** The class that an object names, or none. */
function classOf({ inputs }: PlannedObject, property: string): string[] {
  const name = spec.safeParse(inputs).data?.spec[property];
  return typeof name === "string" ? [name] : [];
}
