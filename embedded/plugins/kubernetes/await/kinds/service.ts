import type { V1Endpoint, V1EndpointSlice, V1Service } from "@kubernetes/client-node";
import { ready, rule, type Live, type Verdict } from "../rule.ts";

/** How long endpoints are given to come in, though all that are known are ready: the official plugin's time. */
export const settleMilliseconds = 10_000;

/**
 * A Service whose endpoints are settled and ready is ready; it may have none at all. Without a selector, headless, or as an external name it has
 * none to wait for. A load balancer has to have its address, too.
 */
export const service = rule<V1Service>({
  isRead: true,
  decidedBy: ["endpointslices"],
  judge({ object, related, waitedMilliseconds }) {
    const hasAddress =
      object.spec?.type !== "LoadBalancer" || (object.status?.loadBalancer?.ingress ?? []).length > 0;
    if (!selectsPods(object)) return hasAddress ? ready : withoutAddress([]);
    const slices = related.endpointslices.filter((slice) => isOf(slice, object));
    const isSettled = slices.length > 0 && waitedMilliseconds >= settleMilliseconds;
    const hasReady = slices.some(({ endpoints }) => (endpoints ?? []).some(isReady));
    const hasPending = slices.some(({ endpoints }) => (endpoints ?? []).some(isPending));
    if (isSettled && hasAddress && !hasPending) return ready;
    const reasons = hasReady ? [] : [targetsNone];
    if (isSettled && hasReady && !hasAddress) return withoutAddress(reasons);
    return {
      is: "waiting",
      status: "[1/3] Finding Pods to direct traffic to",
      reasons: hasAddress ? reasons : [...reasons, notAllocated],
      ...(waitedMilliseconds < settleMilliseconds
        ? { againInMilliseconds: settleMilliseconds - waitedMilliseconds }
        : {}),
    };
  },
});

const targetsNone =
  "Service does not target any Pods. Selected Pods may not be ready, or field '.spec.selector' may not match labels on any Pods";
const notAllocated = "Service was not allocated an IP address; does your cloud provider support this?";

function withoutAddress(reasons: readonly string[]): Verdict {
  return {
    is: "waiting",
    status: "[2/3] Attempting to allocate IP address to Service",
    reasons: [...reasons, notAllocated],
  };
}

function selectsPods({ spec }: Live<V1Service>): boolean {
  const hasSelector = Object.keys(spec?.selector ?? {}).length > 0;
  return hasSelector && spec?.type !== "ExternalName" && spec?.clusterIP !== "None";
}

function isOf(slice: Live<V1EndpointSlice>, { metadata }: Live<V1Service>): boolean {
  return slice.metadata?.labels?.["kubernetes.io/service-name"] === metadata?.name;
}

type Endpoint = Live<V1Endpoint>;

/** Left out means ready: https://kubernetes.io/docs/reference/kubernetes-api/service-resources/endpoint-slice-v1/ */
function isReady({ conditions }: Endpoint): boolean {
  return conditions?.ready !== false;
}

function isPending(endpoint: Endpoint): boolean {
  return !isReady(endpoint) && endpoint.conditions?.terminating !== true;
}
