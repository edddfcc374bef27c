import * as dns from "@pulumi/gcp/dns/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { GkeScope } from "./scope.ts";

/** Makes a public DNS zone, signed by DNSSEC, and gives its name servers. */
export function makeZone(scope: GkeScope, domain: string): pulumi.Output<readonly string[]> {
  const { name, protect, options } = scope;
  const zone = new dns.ManagedZone(
    name,
    {
      name,
      dnsName: `${domain}.`,
      description: `Names of the cluster ${name}`,
      dnssecConfig: { state: "on" },
      forceDestroy: !protect,
    },
    options({ protect }),
  );
  return zone.nameServers;
}
