import { UnknownKindError } from "../api/errors.ts";
import { groupOf, type Kind } from "../api/object.ts";
import { nameOfUrn, typeOfUrn } from "../../provider/urn.ts";
import type { Values } from "../../provider/value.ts";
import type { Cluster } from "../config/cluster.ts";

/** The groups that Kubernetes itself brings; the API server knows their fields and writes them in its own way. */
const builtInGroups: ReadonlySet<string> = new Set([
  "",
  "admissionregistration.k8s.io",
  "apiextensions.k8s.io",
  "apiregistration.k8s.io",
  "apps",
  "authentication.k8s.io",
  "authorization.k8s.io",
  "autoscaling",
  "batch",
  "certificates.k8s.io",
  "coordination.k8s.io",
  "discovery.k8s.io",
  "events.k8s.io",
  "flowcontrol.apiserver.k8s.io",
  "networking.k8s.io",
  "node.k8s.io",
  "policy",
  "rbac.authorization.k8s.io",
  "resource.k8s.io",
  "scheduling.k8s.io",
  "storage.k8s.io",
  "storagemigration.k8s.io",
]);

/** Kinds of those groups that belong to the cluster, not to a namespace: `kubectl api-resources --namespaced=false`. */
const clusterKinds: ReadonlySet<string> = new Set([
  "APIService",
  "CertificateSigningRequest",
  "ClusterRole",
  "ClusterRoleBinding",
  "ClusterTrustBundle",
  "ComponentStatus",
  "CSIDriver",
  "CSINode",
  "CustomResourceDefinition",
  "DeviceClass",
  "DeviceTaintRule",
  "FlowSchema",
  "IngressClass",
  "IPAddress",
  "MutatingAdmissionPolicy",
  "MutatingAdmissionPolicyBinding",
  "MutatingWebhookConfiguration",
  "Namespace",
  "Node",
  "PersistentVolume",
  "PriorityClass",
  "PriorityLevelConfiguration",
  "ResourceSlice",
  "RuntimeClass",
  "SelfSubjectAccessReview",
  "SelfSubjectReview",
  "SelfSubjectRulesReview",
  "ServiceCIDR",
  "StorageClass",
  "StorageVersionMigration",
  "SubjectAccessReview",
  "TokenReview",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "ValidatingWebhookConfiguration",
  "VolumeAttachment",
  "VolumeAttributesClass",
]);

/** What a token names: `kubernetes:apps/v1:Deployment`. Of a Patch resource it is the kind that is patched. */
export function kindOfToken(token: string): Kind | undefined {
  const [, group, version, kind] = /^kubernetes:([^/:]+)\/([^/:]+):([^/:]+)$/.exec(token) ?? [];
  if (group === undefined || version === undefined || kind === undefined) return undefined;
  const apiVersion = group === "core" ? version : `${group}/${version}`;
  // Kinds of others may be called so: a provider of theirs has Patch resources of no kind.
  return { apiVersion, kind: isBuiltIn({ apiVersion, kind }) ? kind.replace(/Patch$/, "") : kind };
}

/** The kind that inputs name; the token's where they name none, as those of an import. */
export function kindOf(urn: string, inputs: Values): Kind {
  const { apiVersion, kind } = inputs;
  if (typeof apiVersion === "string" && typeof kind === "string")
    return { apiVersion: apiVersion.replace(/^core\//, ""), kind };
  const named = kindOfToken(typeOfUrn(urn));
  if (named) return named;
  throw new Error(`'${nameOfUrn(urn)}' has no apiVersion and kind`);
}

export function isBuiltIn({ apiVersion }: Kind): boolean {
  return builtInGroups.has(groupOf(apiVersion));
}

/** Whether the resource manages some fields of an object that others own. */
export function isPatch(urn: string, { kind }: Kind): boolean {
  return typeOfUrn(urn).endsWith(`:${kind}Patch`);
}

/** Lists exist for manifests: what they list are objects of their own. */
export function isList(token: string): boolean {
  const kind = kindOfToken(token);
  return kind !== undefined && isBuiltIn(kind) && kind.kind.endsWith("List");
}

export function isDefinition(kind: Kind): boolean {
  return groupOf(kind.apiVersion) === "apiextensions.k8s.io" && kind.kind === "CustomResourceDefinition";
}

export function isSecretKind({ apiVersion, kind }: Kind): boolean {
  return apiVersion === "v1" && kind === "Secret";
}

/** Whether objects of the kind live in namespaces. What nobody knows (yet) is taken to. */
export async function isNamespaced(kind: Kind, cluster: Cluster): Promise<boolean> {
  if (isBuiltIn(kind)) return !clusterKinds.has(kind.kind);
  const planned = cluster.definitions.get(`${groupOf(kind.apiVersion)}/${kind.kind}`);
  if (planned !== undefined) return planned;
  if (cluster.unreachable !== undefined || cluster.settings.renderYamlToDirectory !== undefined) return true;
  try {
    return (await cluster.client.typeOf(kind)).namespaced;
  } catch (error) {
    if (error instanceof UnknownKindError) return true;
    throw error;
  }
}

/** Whether the cluster can be asked about objects of the kind. */
export async function isServed(kind: Kind, cluster: Cluster): Promise<boolean> {
  if (cluster.unreachable !== undefined) return false;
  try {
    await cluster.client.typeOf(kind);
    return true;
  } catch (error) {
    if (error instanceof UnknownKindError) return false;
    throw error;
  }
}
