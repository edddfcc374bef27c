import type { Value, Values } from "../../provider/value.ts";

/** An object of the Kubernetes API as JSON, in the API's own spelling. Times are RFC 3339 strings, quantities strings. */
export type KubernetesObject = Values & {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
};

export type Metadata = Values & {
  /** Empty in what is asked of the API with `generateName`. */
  readonly name?: string;
  /** None for objects of the whole cluster. */
  readonly namespace?: string;
  readonly uid?: string;
  readonly generation?: number;
  readonly resourceVersion?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly OwnerReference[];
  readonly managedFields?: readonly ManagedFields[];
};

export type OwnerReference = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
};

/** Which fields one client has set: https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management */
export type ManagedFields = {
  readonly manager?: string;
  readonly operation: "Apply" | "Update";
  readonly apiVersion: string;
  readonly time?: string;
  readonly fieldsType: "FieldsV1";
  readonly fieldsV1: Values;
  readonly subresource?: string;
};

/** The kind of an object: `apps/v1` and `Deployment`. */
export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Names one object. */
export interface Reference extends Kind {
  readonly name: string;
  /** None for objects of the whole cluster. */
  readonly namespace?: string | undefined;
}

export function referenceTo(object: KubernetesObject): Reference {
  const { apiVersion, kind, metadata } = object;
  return { apiVersion, kind, name: metadata.name ?? "", namespace: metadata.namespace };
}

/** The group of an API version: `apps` of `apps/v1`, nothing of the core's `v1`. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
}

/** Whether the annotation is set to "true". */
export function isAnnotated(object: Values, annotation: string): boolean {
  return annotationOf(object, annotation) === "true";
}

/** An annotation, if it has one that is a text; the object may have any shape, as programs give it. */
export function annotationOf(object: Values, annotation: string): string | undefined {
  const value = child(child(child(object, "metadata"), "annotations"), annotation);
  return typeof value === "string" ? value : undefined;
}

function child(value: Value | undefined, name: string): Value | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return (value as Values)[name];
}
