/** What a cloud charges by its lists, in US dollars: without taxes, reductions and traffic. */
export interface Prices {
  /** Region whose prices these are. */
  readonly region: string;
  /** A cluster's control plane, for an hour. */
  readonly controlPlane: number;
  /** A load balancer without traffic, for an hour. */
  readonly loadBalancer: number;
  /** The nodes' way out, for an hour: each gateway, and each node that uses it. */
  readonly nat: { readonly gateway: number; readonly node: number };
  /** Machines with Linux, by type, for an hour. */
  readonly machines: Readonly<Record<string, number>>;
  /** A GiB of a node's disk, for a month. */
  readonly nodeDiskGiB: number;
  /** A GiB of a volume of the usual storage class, for a month. */
  readonly volumeGiB: number;
  /**
   * Size that a disk of some size is charged as, in GiB.
   *
   * @defaultValue its own size
   */
  readonly chargedGiB?: (sizeGiB: number) => number;
  /** Where the lists are. */
  readonly lists: readonly string[];
}

/** When the lists were read. */
export const PRICES_AS_OF = "October 2026";

/** Hours of a month, as the clouds' own calculators count them. */
export const HOURS_A_MONTH = 730;

/** Prices of what clusters have by default, in the region that they are in by default. */
export const PRICES = {
  eks: {
    region: "us-west-2",
    controlPlane: 0.1,
    loadBalancer: 0.0225,
    nat: { gateway: 0.045, node: 0 },
    machines: { "t3.xlarge": 0.1664, "r6i.2xlarge": 0.504, "g6.xlarge": 0.8048 },
    nodeDiskGiB: 0.08,
    volumeGiB: 0.08,
    lists: [
      "https://aws.amazon.com/eks/pricing/",
      "https://aws.amazon.com/ec2/pricing/on-demand/",
      "https://aws.amazon.com/ebs/pricing/",
      "https://aws.amazon.com/vpc/pricing/",
      "https://aws.amazon.com/elasticloadbalancing/pricing/",
    ],
  },
  gke: {
    region: "us-central1",
    controlPlane: 0.1,
    loadBalancer: 0.025,
    // Up to 32 nodes; beyond, a gateway has one price.
    nat: { gateway: 0, node: 0.0014 },
    machines: { "e2-standard-4": 0.134, "e2-highmem-8": 0.3616, "g2-standard-8": 0.8536 },
    nodeDiskGiB: 0.1,
    volumeGiB: 0.1,
    lists: [
      "https://cloud.google.com/kubernetes-engine/pricing",
      "https://cloud.google.com/compute/vm-instance-pricing",
      "https://cloud.google.com/compute/disks-image-pricing",
      "https://cloud.google.com/vpc/network-pricing",
    ],
  },
  aks: {
    region: "eastus2",
    controlPlane: 0.1,
    loadBalancer: 0.025,
    nat: { gateway: 0.045, node: 0 },
    machines: { Standard_DS3_v2: 0.229, Standard_E8s_v5: 0.504, Standard_NC4as_T4_v3: 0.526 },
    // Of P10 and E10, which have 128 GiB: nodes have Premium SSDs, volumes Standard SSDs.
    nodeDiskGiB: 19.71 / 128,
    volumeGiB: 9.6 / 128,
    chargedGiB: (sizeGiB) => 2 ** Math.ceil(Math.log2(sizeGiB)),
    lists: [
      "https://azure.microsoft.com/pricing/details/kubernetes-service/",
      "https://azure.microsoft.com/pricing/details/virtual-machines/linux/",
      "https://azure.microsoft.com/pricing/details/managed-disks/",
      "https://azure.microsoft.com/pricing/details/azure-nat-gateway/",
      "https://azure.microsoft.com/pricing/details/load-balancer/",
    ],
  },
} as const satisfies Record<string, Prices>;
