import type { V1Ingress } from "@kubernetes/client-node";
import { ready, rule, type Live, type Related } from "../rule.ts";
import { settleMilliseconds } from "./service.ts";

/** How long it is waited for the first endpoint in a namespace that has none: the official plugin's time. */
const emptyMilliseconds = 60_000;

/**
 * Ready when its controller has told its address, and each Service that a path names has endpoints or is an external name. Services that are still
 * missing after a while don't hold it up: they may never come.
 */
export const ingress = rule<V1Ingress>({
  isRead: true,
  decidedBy: ["endpointslices", "services"],
  judge({ object, related, waitedMilliseconds }) {
    const hasAddress = (object.status?.loadBalancer?.ingress ?? []).length > 0;
    const isMissing = backends(object).some((name) => !isServed(name, related));
    const patience = related.endpointslices.length > 0 ? settleMilliseconds : emptyMilliseconds;
    const isHeldUp = isMissing && waitedMilliseconds < patience;
    if (hasAddress && !isHeldUp) return ready;
    return {
      is: "waiting",
      status: isHeldUp
        ? "[1/3] Finding a matching service for each Ingress path"
        : "[2/3] Waiting for update of .status.loadBalancer with hostname/IP",
      reasons: [
        ...(isMissing ? ["Ingress has at least one rule with an unavailable target endpoint."] : []),
        ...(hasAddress
          ? []
          : ["Ingress .status.loadBalancer field was not updated with a hostname/IP address."]),
      ],
      ...(isHeldUp ? { againInMilliseconds: patience - waitedMilliseconds } : {}),
    };
  },
});

function backends({ spec }: Live<V1Ingress>): readonly string[] {
  return (spec?.rules ?? [])
    .flatMap(({ http }) => http?.paths ?? [])
    .flatMap(({ backend }) => backend.service?.name ?? []);
}

function isServed(name: string, { endpointslices, services }: Related): boolean {
  return (
    endpointslices.some((slice) => slice.metadata?.labels?.["kubernetes.io/service-name"] === name) ||
    services.some(({ metadata, spec }) => metadata?.name === name && spec?.type === "ExternalName")
  );
}
