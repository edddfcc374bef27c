import * as route53 from "@pulumi/aws/route53/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { type EksScope, protectedOptions } from "./scope.ts";

/** Makes the DNS zone of a domain, and gives its name servers. */
export function makeZone(domain: string, scope: EksScope): pulumi.Output<string[]> {
  const comment = `Names of the cluster ${scope.name}`;
  const zone = new route53.Zone(scope.name, { name: domain, comment }, protectedOptions(scope));
  return zone.nameServers;
}
