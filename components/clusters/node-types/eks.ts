import {
  allocatable,
  type Allocatable,
  type NodeType,
  type SystemPod,
  tiered,
  typeNamed,
} from "./node-type.ts";

/** A machine of EC2, with the network interfaces that decide how many pods have an address. */
interface EksType extends NodeType {
  /** Most network interfaces. */
  readonly interfaces: number;
  /** Most IPv4 addresses of each; the first is the node's own. */
  readonly addresses: number;
}

/**
 * Machines of general use, rich in memory and with graphics processors. Processors and memory:
 * https://aws.amazon.com/ec2/instance-types/; interfaces and addresses:
 * https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/instance-info.jsonl
 */
export const EKS_TYPES: Readonly<Record<string, EksType>> = {
  "t3.large": { cpus: 2, memoryGiB: 8, interfaces: 3, addresses: 12 },
  "t3.xlarge": { cpus: 4, memoryGiB: 16, interfaces: 4, addresses: 15 },
  "t3.2xlarge": { cpus: 8, memoryGiB: 32, interfaces: 4, addresses: 15 },
  "m6i.large": { cpus: 2, memoryGiB: 8, interfaces: 3, addresses: 10 },
  "m6i.xlarge": { cpus: 4, memoryGiB: 16, interfaces: 4, addresses: 15 },
  "m6i.2xlarge": { cpus: 8, memoryGiB: 32, interfaces: 4, addresses: 15 },
  "m6i.4xlarge": { cpus: 16, memoryGiB: 64, interfaces: 8, addresses: 30 },
  "m7i.large": { cpus: 2, memoryGiB: 8, interfaces: 3, addresses: 10 },
  "m7i.xlarge": { cpus: 4, memoryGiB: 16, interfaces: 4, addresses: 15 },
  "m7i.2xlarge": { cpus: 8, memoryGiB: 32, interfaces: 4, addresses: 15 },
  "m7i.4xlarge": { cpus: 16, memoryGiB: 64, interfaces: 8, addresses: 30 },
  "r6i.large": { cpus: 2, memoryGiB: 16, interfaces: 3, addresses: 10 },
  "r6i.xlarge": { cpus: 4, memoryGiB: 32, interfaces: 4, addresses: 15 },
  "r6i.2xlarge": { cpus: 8, memoryGiB: 64, interfaces: 4, addresses: 15 },
  "r6i.4xlarge": { cpus: 16, memoryGiB: 128, interfaces: 8, addresses: 30 },
  "r7i.xlarge": { cpus: 4, memoryGiB: 32, interfaces: 4, addresses: 15 },
  "r7i.2xlarge": { cpus: 8, memoryGiB: 64, interfaces: 4, addresses: 15 },
  "r7i.4xlarge": { cpus: 16, memoryGiB: 128, interfaces: 8, addresses: 30 },
  "g5.xlarge": { cpus: 4, memoryGiB: 16, gpus: 1, interfaces: 4, addresses: 15 },
  "g5.2xlarge": { cpus: 8, memoryGiB: 32, gpus: 1, interfaces: 4, addresses: 15 },
  "g5.4xlarge": { cpus: 16, memoryGiB: 64, gpus: 1, interfaces: 8, addresses: 30 },
  "g5.12xlarge": { cpus: 48, memoryGiB: 192, gpus: 4, interfaces: 15, addresses: 50 },
  "g6.xlarge": { cpus: 4, memoryGiB: 16, gpus: 1, interfaces: 4, addresses: 15 },
  "g6.2xlarge": { cpus: 8, memoryGiB: 32, gpus: 1, interfaces: 4, addresses: 15 },
  "g6.4xlarge": { cpus: 16, memoryGiB: 64, gpus: 1, interfaces: 8, addresses: 30 },
  "g6.12xlarge": { cpus: 48, memoryGiB: 192, gpus: 4, interfaces: 8, addresses: 30 },
};

/** https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/config.go, getCPUMillicoresToReserve */
const KEPT_CPUS = [
  { upTo: 1, share: 0.06 },
  { upTo: 2, share: 0.01 },
  { upTo: 4, share: 0.005 },
  { upTo: Infinity, share: 0.0025 },
];

/** What is seen of memory is not documented; Karpenter counts on this: https://karpenter.sh/docs/reference/settings/ */
const UNSEEN_SHARE = 0.075;

/** Addresses of a prefix: https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html */
const PREFIX_ADDRESSES = 16;

/**
 * Requests of the add-ons' DaemonSets, as their charts have them (https://github.com/aws/amazon-vpc-cni-k8s/tree/master/charts,
 * https://github.com/kubernetes-sigs/aws-ebs-csi-driver/tree/master/charts; kube-proxy as EKS installs it), and of one copy of
 * each of the Deployments: CoreDNS, the EBS driver's controller of six containers, and metrics-server
 * (https://github.com/kubernetes-sigs/metrics-server/tree/master/manifests).
 */
const SYSTEM: Readonly<Record<string, SystemPod>> = {
  "aws-node": { milliCpus: 50, memoryMiB: 0 },
  "kube-proxy": { milliCpus: 100, memoryMiB: 0 },
  "ebs-csi-node": { milliCpus: 30, memoryMiB: 120 },
  "eks-pod-identity-agent": { milliCpus: 0, memoryMiB: 0 },
  coredns: { milliCpus: 100, memoryMiB: 70 },
  "ebs-csi-controller": { milliCpus: 60, memoryMiB: 240 },
  "metrics-server": { milliCpus: 100, memoryMiB: 200 },
};

/** How the nodes of a cluster give addresses to pods. */
export interface EksNetworking {
  /**
   * Whether the VPC CNI takes prefixes of 16 addresses in place of single ones (`ENABLE_PREFIX_DELEGATION`).
   *
   * @defaultValue false
   */
  readonly prefixDelegation?: boolean;
}

/**
 * What pods may ask for on a node of a managed node group with Amazon Linux 2023.
 *
 * @throws Error if the type is not known, with those that are
 */
export function eksAllocatable(type: string, { prefixDelegation = false }: EksNetworking = {}): Allocatable {
  const machine = typeNamed(type, EKS_TYPES, "EKS");
  const maxPods = podsOf(machine, prefixDelegation ? PREFIX_ADDRESSES : 1);
  return allocatable(machine, {
    unseenShare: UNSEEN_SHARE,
    cpus: tiered(machine.cpus, KEPT_CPUS),
    // getMemoryMebibytesToReserve, in the same file as the processors.
    memoryGiB: () => (255 + 11 * maxPods) / 1024,
    evictionMiB: 100,
    maxPods,
    system: SYSTEM,
  });
}

/**
 * Most pods of a node: two have the node's own address, and each other needs one. Managed node groups allow 110 of them at
 * most, and 250 from 30 vCPUs on: https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html
 */
function podsOf({ cpus, interfaces, addresses }: EksType, perSlot: number): number {
  const addressed = interfaces * (addresses - 1) * perSlot + 2;
  return Math.min(addressed, cpus < 30 ? 110 : 250);
}
