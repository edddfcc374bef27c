/**
 * Which changes replace an object, as the API server refuses them in place. The table is the official plugin's; where the API server has become
 * more lenient since, it stays with the plugin: https://github.com/pulumi/pulumi-kubernetes/blob/v4.32.0/provider/pkg/provider/diff.go
 */
import type { Kind } from "../api/object.ts";
import { groupOf } from "../api/object.ts";
import { isValues, type Value, type Values } from "../../provider/value.ts";

/** The steps from an object to a value in it; a number is a place in a list. */
export type Path = readonly (string | number)[];

/** A path of which any place in a list is meant by `*`. */
type Pattern = readonly string[];

const identity = ["metadata.name", "metadata.namespace"];
const selector = ["spec.selector"];
const job = ["spec.completions", "spec.parallelism", "spec.selector", "spec.template"];
const statefulSet = [
  "spec.podManagementPolicy",
  "spec.revisionHistoryLimit",
  "spec.selector",
  "spec.serviceName",
  "spec.volumeClaimTemplates",
];
const volumeSources = [
  "awsElasticBlockStore",
  "azureDisk",
  "azureFile",
  "cephfs",
  "cinder",
  "csi",
  "fc",
  "flexVolume",
  "flocker",
  "gcePersistentDisk",
  "glusterfs",
  "hostPath",
  "iscsi",
  "local",
  "nfs",
  "photonPersistentDisk",
  "portworxVolume",
  "quobyte",
  "rbd",
  "scaleIO",
  "storageos",
  "vsphereVolume",
];
const podFields = [
  "affinity",
  "automountServiceAccountToken",
  "dnsConfig",
  "dnsPolicy",
  "enableServiceLinks",
  "hostAliases",
  "hostIPC",
  "hostNetwork",
  "hostPID",
  "hostname",
  "imagePullSecrets",
  "nodeName",
  "nodeSelector",
  "overhead",
  "preemptionPolicy",
  "priority",
  "priorityClassName",
  "readinessGates",
  "restartPolicy",
  "runtimeClassName",
  "schedulerName",
  "securityContext",
  "serviceAccount",
  "serviceAccountName",
  "shareProcessNamespace",
  "subdomain",
  "terminationGracePeriodSeconds",
  "volumes",
];
const containerFields = [
  "args",
  "command",
  "env",
  "image",
  "imagePullPolicy",
  "lifecycle",
  "livenessProbe",
  "ports",
  "readinessProbe",
  "resources",
  "securityContext",
  "stdin",
  "stdinOnce",
  "terminationMessagePath",
  "terminationMessagePolicy",
  "tty",
  "volumeDevices",
  "volumeMounts",
  "workingDir",
];
const pod = [
  ...podFields.map((field) => `spec.${field}`),
  ...["containers", "initContainers"].flatMap((list) =>
    containerFields.map((field) => `spec.${list}.*.${field}`),
  ),
];

/** By `apiVersion/kind`. */
const immutable: Readonly<Record<string, readonly string[]>> = {
  "apps/v1/DaemonSet": selector,
  "apps/v1/Deployment": selector,
  "apps/v1/StatefulSet": statefulSet,
  "batch/v1/Job": job,
  "policy/v1beta1/PodDisruptionBudget": ["spec"],
  "rbac.authorization.k8s.io/v1/ClusterRoleBinding": ["roleRef"],
  "rbac.authorization.k8s.io/v1/RoleBinding": ["roleRef"],
  "storage.k8s.io/v1/StorageClass": ["parameters", "provisioner"],
  "v1/PersistentVolume": volumeSources.map((source) => `spec.${source}`),
  "v1/PersistentVolumeClaim": [
    "spec.accessModes",
    "spec.selector",
    "spec.storageClassName",
    "spec.volumeName",
  ],
  "v1/Pod": pod,
  "v1/ResourceQuota": ["spec.scopes"],
  "v1/Secret": ["type"],
  "v1/Service": ["spec.clusterIP"],
};

export interface Mutability {
  readonly enableConfigMapMutable: boolean;
  readonly enableSecretMutable: boolean;
}

/** What replaces an object of the kind when it changes. */
export function replacingPaths(kind: Kind, inputs: Values, mutability: Mutability): readonly Pattern[] {
  const isFixed = inputs["immutable"] === true;
  const name = `${groupOf(kind.apiVersion) === "core" ? "v1" : kind.apiVersion}/${kind.kind}`;
  const ofData: Readonly<Record<string, readonly string[]>> = {
    "v1/ConfigMap": isFixed || !mutability.enableConfigMapMutable ? ["binaryData", "data"] : [],
    "v1/Secret": isFixed || !mutability.enableSecretMutable ? ["stringData", "data"] : [],
  };
  return [...identity, ...(immutable[name] ?? []), ...(ofData[name] ?? [])].map((path) => path.split("."));
}

/** What replaces a Patch resource: the object that it is about. */
export const identityPaths: readonly Pattern[] = identity.map((path) => path.split("."));

/** Whether one of the patterns leads to the changed value, to something it is in, or to something in its new value. */
export function isReplacing(path: Path, value: Value | undefined, patterns: readonly Pattern[]): boolean {
  return patterns.some((pattern) => {
    const isAlong = pattern
      .slice(0, path.length)
      .every((step, index) => (step === "*" ? typeof path[index] === "number" : step === path[index]));
    return isAlong && leadsTo(pattern.slice(path.length), value);
  });
}

function leadsTo([step, ...rest]: Pattern, value: Value | undefined): boolean {
  if (step === undefined) return true;
  if (step === "*")
    return Array.isArray(value) && (value as readonly Value[]).some((each) => leadsTo(rest, each));
  return isValues(value) && step in value && leadsTo(rest, value[step]);
}
