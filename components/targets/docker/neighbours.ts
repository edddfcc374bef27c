import type { Demand } from "../../model/capacity.ts";
import { SERVICE_LABEL, STACK_LABEL } from "./host.ts";
import { promiseOf, together } from "./promise.ts";

/** What other stacks on a Docker host are promised, by their names there. */
export type Neighbours = Readonly<Record<string, Demand>>;

/** A container as the Engine API lists it, as far as it matters here. */
export interface ListedContainer {
  readonly Labels: Readonly<Record<string, string>>;
}

/**
 * What a Docker host has promised to other stacks already, whether they run at the moment or not.
 *
 * @param containers All containers of the host, the newest first, as `GET /containers/json?all=true` lists them
 * @param own Name of the target that asks, whose own containers don't count
 * @throws Error when a container's label can't be read
 */
export function neighboursAmong(containers: readonly ListedContainer[], own: string): Neighbours {
  const stacks = new Map<string, Map<string, Demand>>();
  for (const { Labels } of containers) {
    const [stack, service, demand] = [Labels[STACK_LABEL], Labels[SERVICE_LABEL], promiseOf(Labels)];
    if (stack === undefined || service === undefined || demand === undefined || stack === own) continue;
    const services = stacks.get(stack) ?? new Map<string, Demand>();
    stacks.set(stack, services);
    // While a service is replaced, there are two containers of it: the newer one stays.
    if (!services.has(service)) services.set(service, demand);
  }
  return Object.fromEntries(
    [...stacks].map(([stack, services]) => [stack, together([...services.values()])]),
  );
}

/** The same, by names that people tell from those of services. */
export function titled(neighbours: Neighbours): Neighbours {
  return Object.fromEntries(
    Object.entries(neighbours).map(([stack, demand]) => [`stack "${stack}"`, demand]),
  );
}
