import {
  allocatable,
  type Allocatable,
  type NodeType,
  type SystemPod,
  tiered,
  typeNamed,
} from "./node-type.ts";

/**
 * Machines of general use, rich in memory and with graphics processors:
 * https://cloud.google.com/compute/docs/general-purpose-machines, https://cloud.google.com/compute/docs/gpus
 */
export const GKE_TYPES: Readonly<Record<string, NodeType>> = {
  "e2-standard-2": { cpus: 2, memoryGiB: 8 },
  "e2-standard-4": { cpus: 4, memoryGiB: 16 },
  "e2-standard-8": { cpus: 8, memoryGiB: 32 },
  "e2-standard-16": { cpus: 16, memoryGiB: 64 },
  "e2-highmem-2": { cpus: 2, memoryGiB: 16 },
  "e2-highmem-4": { cpus: 4, memoryGiB: 32 },
  "e2-highmem-8": { cpus: 8, memoryGiB: 64 },
  "e2-highmem-16": { cpus: 16, memoryGiB: 128 },
  "n2-standard-4": { cpus: 4, memoryGiB: 16 },
  "n2-standard-8": { cpus: 8, memoryGiB: 32 },
  "n2-standard-16": { cpus: 16, memoryGiB: 64 },
  "n2-highmem-4": { cpus: 4, memoryGiB: 32 },
  "n2-highmem-8": { cpus: 8, memoryGiB: 64 },
  "n2-highmem-16": { cpus: 16, memoryGiB: 128 },
  "n2d-standard-4": { cpus: 4, memoryGiB: 16 },
  "n2d-standard-8": { cpus: 8, memoryGiB: 32 },
  "n2d-standard-16": { cpus: 16, memoryGiB: 64 },
  "n2d-highmem-4": { cpus: 4, memoryGiB: 32 },
  "n2d-highmem-8": { cpus: 8, memoryGiB: 64 },
  "n2d-highmem-16": { cpus: 16, memoryGiB: 128 },
  "g2-standard-4": { cpus: 4, memoryGiB: 16, gpus: 1 },
  "g2-standard-8": { cpus: 8, memoryGiB: 32, gpus: 1 },
  "g2-standard-12": { cpus: 12, memoryGiB: 48, gpus: 1 },
  "g2-standard-16": { cpus: 16, memoryGiB: 64, gpus: 1 },
  "g2-standard-24": { cpus: 24, memoryGiB: 96, gpus: 2 },
};

/**
 * https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes. Machines that share their cores (e2-micro to
 * e2-medium) keep 1060 milli-cores in place of it; they are too small for any platform, and none of them is known here.
 */
const KEPT_CPUS = [
  { upTo: 1, share: 0.06 },
  { upTo: 2, share: 0.01 },
  { upTo: 4, share: 0.005 },
  { upTo: Infinity, share: 0.0025 },
];

/** In GiB, of what the kubelet counts; the same page. */
const KEPT_MEMORY = [
  { upTo: 4, share: 0.25 },
  { upTo: 8, share: 0.2 },
  { upTo: 16, share: 0.1 },
  { upTo: 128, share: 0.06 },
  { upTo: Infinity, share: 0.02 },
];

/** What is seen of memory is not documented; Karpenter's provider counts on this: https://github.com/cloudpilot-ai/karpenter-provider-gcp */
const UNSEEN_SHARE = 0.07;

/** By default: https://cloud.google.com/kubernetes-engine/docs/how-to/flexible-pod-cidr */
const MAX_PODS = 110;

/**
 * Requests of GKE's own DaemonSets and of one copy of each larger Deployment, as nodes list them:
 * https://github.com/cryptnono/cryptnono/issues/34, https://github.com/kubernetes-sigs/dra-driver-nvidia-gpu/issues/501.
 * Those of Dataplane V2 (anetd) are as on Google's clusters on premises.
 */
const SYSTEM: Readonly<Record<string, SystemPod>> = {
  anetd: { milliCpus: 110, memoryMiB: 164 },
  "fluentbit-gke": { milliCpus: 105, memoryMiB: 230 },
  "gke-metadata-server": { milliCpus: 100, memoryMiB: 100 },
  "gke-metrics-agent": { milliCpus: 21, memoryMiB: 145 },
  "gmp-collector": { milliCpus: 5, memoryMiB: 35 },
  "ip-masq-agent": { milliCpus: 10, memoryMiB: 16 },
  netd: { milliCpus: 8, memoryMiB: 65 },
  "node-local-dns": { milliCpus: 30, memoryMiB: 50 },
  "pdcsi-node": { milliCpus: 10, memoryMiB: 20 },
  "kube-dns": { milliCpus: 260, memoryMiB: 110 },
  "konnectivity-agent": { milliCpus: 15, memoryMiB: 60 },
  "metrics-server": { milliCpus: 48, memoryMiB: 105 },
};

/**
 * What pods may ask for on a node of a Standard cluster with Container-Optimized OS.
 *
 * @throws Error if the type is not known, with those that are
 */
export function gkeAllocatable(type: string): Allocatable {
  const machine = typeNamed(type, GKE_TYPES, "GKE");
  return allocatable(machine, {
    unseenShare: UNSEEN_SHARE,
    cpus: tiered(machine.cpus, KEPT_CPUS),
    memoryGiB: (counted) => tiered(counted, KEPT_MEMORY),
    evictionMiB: 100,
    maxPods: MAX_PODS,
    system: SYSTEM,
  });
}
