import * as compute from "@pulumi/gcp/compute/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { ExistingNetwork, RangesArgs } from "./gke-args.ts";
import type { GkeScope } from "./scope.ts";

/** Where a cluster is. */
export interface ClusterNetwork {
  readonly network: pulumi.Input<string>;
  readonly subnetwork: pulumi.Input<string>;
  /** Names of the subnetwork's secondary ranges. */
  readonly podsRange: string;
  readonly servicesRange: string;
  /** What there has to be before nodes come: they fetch images over the internet. */
  readonly ready: readonly pulumi.Resource[];
}

/** Addresses that are used where a stack states none. */
export const RANGES: Required<RangesArgs> = {
  nodes: "10.0.0.0/20",
  pods: "10.4.0.0/16",
  services: "10.8.0.0/20",
  controlPlane: "172.16.0.0/28",
};

/** A network that is there already. */
export function existingNetwork(existing: ExistingNetwork): ClusterNetwork {
  return { ...existing, ready: [] };
}

/**
 * Makes a VPC-native network: one subnetwork, with secondary ranges for pods and Services. Nodes have no public addresses;
 * they reach the internet by Cloud NAT, and Google's own services without it.
 */
export function makeNetwork(scope: GkeScope, ranges: Required<RangesArgs>): ClusterNetwork {
  const { name, region, protect, options } = scope;
  const network = new compute.Network(
    name,
    { name, autoCreateSubnetworks: false, routingMode: "REGIONAL", description: `Cluster ${name}` },
    options({ protect }),
  );
  const subnetwork = new compute.Subnetwork(
    name,
    {
      name,
      region,
      network: network.id,
      ipCidrRange: ranges.nodes,
      secondaryIpRanges: [
        { rangeName: "pods", ipCidrRange: ranges.pods },
        { rangeName: "services", ipCidrRange: ranges.services },
      ],
      privateIpGoogleAccess: true,
      logConfig: {
        aggregationInterval: "INTERVAL_5_SEC",
        flowSampling: 0.5,
        metadata: "INCLUDE_ALL_METADATA",
      },
    },
    options({ protect }),
  );
  const nat = makeNat(scope, network, subnetwork);
  const { id } = subnetwork;
  return { network: network.id, subnetwork: id, podsRange: "pods", servicesRange: "services", ready: [nat] };
}

/** A way out for what has no public address; nothing comes in by it. */
function makeNat(
  { name, region, options }: GkeScope,
  network: compute.Network,
  subnetwork: compute.Subnetwork,
): compute.RouterNat {
  const router = new compute.Router(name, { name, region, network: network.id }, options());
  return new compute.RouterNat(
    name,
    {
      name,
      region,
      router: router.name,
      natIpAllocateOption: "AUTO_ONLY",
      sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
      subnetworks: [{ name: subnetwork.id, sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
      enableDynamicPortAllocation: true,
      enableEndpointIndependentMapping: false,
      minPortsPerVm: 64,
      maxPortsPerVm: 4096,
      logConfig: { enable: true, filter: "ERRORS_ONLY" },
    },
    options(),
  );
}
