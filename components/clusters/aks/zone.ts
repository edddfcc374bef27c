import * as dns from "@pulumi/azure-native/dns/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { AksContext } from "./context.ts";

/** Makes a DNS zone, and gives its name servers. */
export function makeZone(
  { name, resourceGroup, tags, options }: AksContext,
  domain: string,
): pulumi.Output<string[]> {
  const zone = new dns.Zone(
    name,
    { zoneName: domain, resourceGroupName: resourceGroup, location: "Global", zoneType: "Public", tags },
    options,
  );
  return zone.nameServers;
}
