import { annotationOf, isAnnotated, type KubernetesObject } from "../api/object.ts";
import { daemonSet } from "./kinds/daemon-set.ts";
import { deployment } from "./kinds/deployment.ts";
import { generic } from "./kinds/generic.ts";
import { ingress } from "./kinds/ingress.ts";
import { job } from "./kinds/job.ts";
import { customResourceDefinition, replicationController, resourceQuota, secret } from "./kinds/others.ts";
import { pod } from "./kinds/pod.ts";
import { service } from "./kinds/service.ts";
import { statefulSet } from "./kinds/stateful-set.ts";
import { persistentVolume, persistentVolumeClaim } from "./kinds/volumes.ts";
import type { Rule } from "./rule.ts";
import { waitFor } from "./wait-for.ts";

/** The kinds that are waited for; all others are ready once they exist, as with the official plugin. */
const rules: Readonly<Record<string, Rule>> = {
  "v1/PersistentVolume": persistentVolume,
  "v1/PersistentVolumeClaim": persistentVolumeClaim,
  "v1/Pod": pod,
  "v1/ReplicationController": replicationController,
  "v1/ResourceQuota": resourceQuota,
  "v1/Secret": secret,
  "v1/Service": service,
  "apiextensions.k8s.io/v1/CustomResourceDefinition": customResourceDefinition,
  "apps/v1/DaemonSet": daemonSet,
  "apps/v1/Deployment": deployment,
  "apps/v1/StatefulSet": statefulSet,
  "batch/v1/Job": job,
  "networking.k8s.io/v1/Ingress": ingress,
};

/**
 * The rule for an object, if it is to be waited for: not with `pulumi.com/skipAwait`; by `pulumi.com/waitFor` if it has that; else by its kind's.
 *
 * @param inputs what the program wants. @throws if `pulumi.com/waitFor` can't be understood
 */
export function ruleOf(inputs: KubernetesObject): Rule | undefined {
  if (isAnnotated(inputs, "pulumi.com/skipAwait")) return undefined;
  const own = builtInRuleOf(inputs);
  const wished = annotationOf(inputs, "pulumi.com/waitFor");
  return wished ? { ...own, ...waitFor(wished) } : own;
}

function builtInRuleOf({ apiVersion, kind }: KubernetesObject): Rule | undefined {
  const awaitsAll = process.env["PULUMI_K8S_AWAIT_ALL"] === "true";
  return rules[`${apiVersion}/${kind}`] ?? (awaitsAll ? generic : undefined);
}

/** Kinds for which `pulumi.com/skipAwait` holds for the deletion, too; all others are waited for until they are gone. */
const deletedUnawaited: ReadonlySet<string> = new Set([
  "v1/Namespace",
  "v1/Pod",
  "v1/ReplicationController",
  "apps/v1/DaemonSet",
  "apps/v1/Deployment",
  "apps/v1/StatefulSet",
  "batch/v1/Job",
]);

export function skipsDeletion(inputs: KubernetesObject): boolean {
  return (
    isAnnotated(inputs, "pulumi.com/skipAwait") && deletedUnawaited.has(`${inputs.apiVersion}/${inputs.kind}`)
  );
}
