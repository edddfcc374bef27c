import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { metadata, type Scope, selector } from "./scope.ts";

/**
 * Lets a cluster's upkeep take one copy of a workload at a time. A workload of one copy gets no such promise, which
 * could only be kept by never emptying its node.
 *
 * @param copies - least number of copies that there are
 */
export function protectFromDisruption(
  name: string,
  copies: number,
  scope: Scope,
  parent: pulumi.Resource,
): void {
  if (copies <= 1) return;
  new k8s.policy.v1.PodDisruptionBudget(
    `${scope.prefix}-${name}`,
    { metadata: metadata(scope, name), spec: disruptionSpec(name, scope) },
    scope.options({ parent }),
  );
}

/** One copy may be gone. Those that are not ready are no loss, and don't keep a node from being emptied. */
export function disruptionSpec(
  name: string,
  scope: Pick<Scope, "prefix">,
): k8s.types.input.policy.v1.PodDisruptionBudgetSpec {
  return {
    maxUnavailable: 1,
    selector: { matchLabels: selector(scope, name) },
    unhealthyPodEvictionPolicy: "AlwaysAllow",
  };
}
