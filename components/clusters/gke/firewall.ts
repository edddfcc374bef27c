import * as compute from "@pulumi/gcp/compute/index.js";
import { CALLED_PORTS } from "../add-ons/index.ts";
import type { ClusterNetwork } from "./network.ts";
import type { NodeAccount } from "./node-account.ts";
import type { GkeScope } from "./scope.ts";

/**
 * Lets the control plane call the webhooks and the metrics of add-ons. GKE's own rule lets it reach the ports 443 and 10250 of
 * nodes only: https://cloud.google.com/kubernetes-engine/docs/how-to/private-clusters#add_firewall_rules
 */
export function openToControlPlane(
  { name, options }: GkeScope,
  { network }: ClusterNetwork,
  { email }: NodeAccount,
  range: string,
): compute.Firewall {
  return new compute.Firewall(
    `${name}-called`,
    {
      name: `${name}-called`,
      network,
      description: `Add-ons of the cluster ${name} are called by its control plane`,
      direction: "INGRESS",
      sourceRanges: [range],
      targetServiceAccounts: [email],
      allows: [{ protocol: "tcp", ports: CALLED_PORTS.map(String) }],
    },
    options(),
  );
}
