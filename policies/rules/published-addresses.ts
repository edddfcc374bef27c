import { BlockList, isIP, isIPv6 } from "node:net";
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { exposures } from "../views/exposure.ts";
import { UNKNOWN } from "../views/read.ts";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8);
loopback.addAddress("::1", "ipv6");

/**
 * Refuses ports that answer beyond the host, unless they are an entry point and say so in the label or annotation
 * `keelson.exposure` (CIS Docker 5.14; CKV_K8S_26).
 */
export const publishedAddresses: ResourceValidationPolicy = {
  name: "published-addresses",
  description: "Nothing but a stated entry point is published beyond the host's loopback address.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps:
    'Set `ip: "127.0.0.1"` (Kubernetes: type ClusterIP; a host name for each route), or state the reason in `keelson.exposure`.',
  tags: ["CIS Docker 5.14", "CKV_K8S_26"],
  configSchema: {
    properties: {
      allowedPorts: {
        description: "Published ports that need no statement.",
        type: "array",
        items: { type: "integer" },
        default: [],
      },
    },
  },
  validateResource: (resource, report) => {
    const { allowedPorts } = resource.getConfig<{ allowedPorts: readonly number[] }>();
    for (const { title, what, port, address, reason } of exposures(resource)) {
      if (reason !== undefined || address === UNKNOWN || isLoopback(address)) continue;
      if (port === UNKNOWN || allowedPorts.includes(Number(port))) continue;
      report(
        `${title} publishes ${what} on ${address}; ` +
          "publish it on 127.0.0.1 (Kubernetes: a service of type ClusterIP, a route for a host name), or, if it is an entry point, " +
          "state the reason in the label (Kubernetes: annotation) keelson.exposure",
      );
    }
  },
};

function isLoopback(address: string): boolean {
  return isIP(address) !== 0 && loopback.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}
