import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { labels, type Scope } from "./scope.ts";

/** What Kubernetes checks of every pod: the strictest of its standards, https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
const RESTRICTED = Object.fromEntries(
  ["enforce", "audit", "warn"].map((mode) => [`pod-security.kubernetes.io/${mode}`, "restricted"]),
);

/**
 * Makes the namespace of a target. It stays as long as the data in it, unless these may go.
 *
 * @param addOns those that leave objects of their own there, without which these would keep the namespace from going
 */
export function makeNamespace(
  name: string,
  scope: Pick<Scope, "prefix" | "options">,
  destroyData: boolean,
  addOns: readonly pulumi.Resource[],
): pulumi.Output<string> {
  const retained = { protect: !destroyData, retainOnDelete: !destroyData };
  const namespace = new k8s.core.v1.Namespace(
    `${scope.prefix}-namespace`,
    { metadata: { name, labels: { ...labels(scope, scope.prefix), ...RESTRICTED } } },
    scope.options({ ...retained, dependsOn: [...addOns] }),
  );
  return namespace.metadata.name;
}
