import {
  allocatable,
  type Allocatable,
  type NodeType,
  type SystemPod,
  tiered,
  typeNamed,
} from "./node-type.ts";

/**
 * Machines of general use, rich in memory and with whole graphics processors:
 * https://learn.microsoft.com/azure/virtual-machines/sizes/overview
 */
export const AKS_TYPES: Readonly<Record<string, NodeType>> = {
  Standard_DS3_v2: { cpus: 4, memoryGiB: 14 },
  Standard_DS4_v2: { cpus: 8, memoryGiB: 28 },
  Standard_DS5_v2: { cpus: 16, memoryGiB: 56 },
  Standard_D2s_v5: { cpus: 2, memoryGiB: 8 },
  Standard_D4s_v5: { cpus: 4, memoryGiB: 16 },
  Standard_D8s_v5: { cpus: 8, memoryGiB: 32 },
  Standard_D16s_v5: { cpus: 16, memoryGiB: 64 },
  Standard_D4as_v5: { cpus: 4, memoryGiB: 16 },
  Standard_D8as_v5: { cpus: 8, memoryGiB: 32 },
  Standard_E2s_v5: { cpus: 2, memoryGiB: 16 },
  Standard_E4s_v5: { cpus: 4, memoryGiB: 32 },
  Standard_E8s_v5: { cpus: 8, memoryGiB: 64 },
  Standard_E16s_v5: { cpus: 16, memoryGiB: 128 },
  Standard_E4as_v5: { cpus: 4, memoryGiB: 32 },
  Standard_E8as_v5: { cpus: 8, memoryGiB: 64 },
  Standard_NC4as_T4_v3: { cpus: 4, memoryGiB: 28, gpus: 1 },
  Standard_NC8as_T4_v3: { cpus: 8, memoryGiB: 56, gpus: 1 },
  Standard_NC16as_T4_v3: { cpus: 16, memoryGiB: 110, gpus: 1 },
  Standard_NC64as_T4_v3: { cpus: 64, memoryGiB: 440, gpus: 4 },
  Standard_NC24ads_A100_v4: { cpus: 24, memoryGiB: 220, gpus: 1 },
  Standard_NV36ads_A10_v5: { cpus: 36, memoryGiB: 440, gpus: 1 },
};

/**
 * https://learn.microsoft.com/azure/aks/node-resource-reservations lists 60, 100, 140, 180, 260, 420 and 740 milli-cores for
 * 1, 2, 4, 8, 16, 32 and 64 cores, which is this.
 */
const KEPT_CPUS = [
  { upTo: 1, share: 0.06 },
  { upTo: 2, share: 0.04 },
  { upTo: 4, share: 0.02 },
  { upTo: Infinity, share: 0.01 },
];

/** What is seen of memory is not documented; Karpenter's provider counts on this: https://github.com/Azure/karpenter-provider-azure */
const UNSEEN_SHARE = 0.075;

/**
 * Requests of the DaemonSets of Azure CNI Overlay with Cilium, of the storage drivers and of the monitoring add-on, and of
 * one copy of each larger Deployment, as nodes list them: https://github.com/Azure/AKS/issues/5251 (those that all
 * clusters have), /5244 (Cilium), /5413 and https://github.com/microsoft/Docker-Provider/issues/1236 (ama-logs).
 */
const SYSTEM: Readonly<Record<string, SystemPod>> = {
  "ama-logs": { milliCpus: 170, memoryMiB: 600 },
  "azure-cns": { milliCpus: 40, memoryMiB: 250 },
  "azure-ip-masq-agent": { milliCpus: 100, memoryMiB: 50 },
  cilium: { milliCpus: 0, memoryMiB: 100 },
  "cloud-node-manager": { milliCpus: 50, memoryMiB: 50 },
  "csi-azuredisk-node": { milliCpus: 30, memoryMiB: 60 },
  "csi-azurefile-node": { milliCpus: 30, memoryMiB: 60 },
  coredns: { milliCpus: 100, memoryMiB: 70 },
  "konnectivity-agent": { milliCpus: 20, memoryMiB: 20 },
  "azure-wi-webhook": { milliCpus: 100, memoryMiB: 20 },
  "metrics-server": { milliCpus: 44, memoryMiB: 55 },
};

/**
 * What pods may ask for on a node of Kubernetes 1.29 or later, which keeps the lesser of 20 MB for each pod and 50 MB, and a
 * quarter of its memory; before that, other rules applied.
 *
 * @param maxPods - as the pool has it. 110 is what the component for AKS states; where nothing is stated, Azure CNI Overlay has
 * 250: https://learn.microsoft.com/azure/aks/quotas-skus-regions
 * @throws Error if the type is not known, with those that are
 */
export function aksAllocatable(type: string, maxPods = 110): Allocatable {
  const machine = typeNamed(type, AKS_TYPES, "AKS");
  return allocatable(machine, {
    unseenShare: UNSEEN_SHARE,
    cpus: tiered(machine.cpus, KEPT_CPUS),
    memoryGiB: () => Math.min(gibOfMegabytes(20 * maxPods + 50), machine.memoryGiB / 4),
    evictionMiB: 100,
    maxPods,
    system: SYSTEM,
  });
}

function gibOfMegabytes(megabytes: number): number {
  return (megabytes * 1_000_000) / 1024 ** 3;
}
