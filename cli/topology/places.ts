import {
  type Demand,
  demandOf,
  ELITEDESK,
  type Machine,
  PROMISED_SHARE,
} from "../../components/model/capacity.ts";
import type { PoolsArgs } from "../../components/clusters/cloud-args.ts";
import { POOLS as AKS_POOLS } from "../../components/clusters/aks/pools.ts";
import { POOLS as EKS_POOLS } from "../../components/clusters/eks/settings.ts";
import { POOLS as GKE_POOLS } from "../../components/clusters/gke/pools.ts";
import {
  aksAllocatable,
  type Allocatable,
  eksAllocatable,
  gkeAllocatable,
} from "../../components/clusters/node-types/index.ts";
import { type Pool, type PoolDefaults, poolsOf } from "../../components/clusters/pools.ts";
import type { NodePool } from "../../components/targets/kubernetes/cluster.ts";
import { poolsToMake } from "../../components/targets/kubernetes/node-pools.ts";
import { proxy } from "../../components/targets/docker/proxy.ts";
import type { TargetName } from "../../stacks/targets.ts";
import type { Amounts, Machines } from "./topology.ts";

/** What is known of a kind of target, beside what programs ask of it. */
export interface TargetFacts {
  /** The machines that its settings state, and those that are made for what is promised. */
  readonly machines: (
    settings: TargetSettings,
    promised: Readonly<Record<string, Demand>>,
  ) => readonly Machines[];
  /** Share of each resource of the machines that may be promised; none where it is not judged. */
  readonly limit: Partial<Amounts>;
  /** Share of the processors and memory asked for that is promised. */
  readonly asked: (settings: TargetSettings) => number;
  /** Whether there may be several copies of a workload. */
  readonly scales: boolean;
  /** Whether graphics processors are there for each process that may use any, so that only the most that one asks for counts. */
  readonly sharesGpus: boolean;
  /** What it promises beside what it keeps running. */
  readonly promises: {
    readonly schedules: boolean;
    readonly sharedFolders: boolean;
    /** What each entry point is promised, where the target runs it itself. */
    readonly entry?: Demand;
  };
}

/** What is read of a target's settings, which the program has checked. */
export interface TargetSettings {
  readonly machine?: Machine;
  readonly nodes?: readonly { readonly count: number; cpus: number; memoryGiB: number; gpus?: number }[];
  readonly pools?: PoolsArgs;
  readonly requestShare?: number;
}

const kubernetes: TargetFacts = {
  machines: ({ nodes = [] }) => nodes.map(machinesOf),
  limit: { cpus: 1, memoryGiB: 1, gpus: 1 },
  asked: ({ requestShare = 1 }) => requestShare,
  scales: true,
  sharesGpus: false,
  promises: { schedules: false, sharedFolders: false },
};

/**
 * A cluster of a cloud: its nodes are those of its pools.
 *
 * @param defaults Sizes of pools whose stack states none
 * @param allocatable What a machine leaves to pods
 */
const cloud = (defaults: PoolDefaults, allocatable: (type: string) => Allocatable): TargetFacts => ({
  ...kubernetes,
  machines: ({ pools, requestShare = 1 }, promised) => {
    const { general, memory, gpu } = poolsOf(defaults, pools);
    const nodes = (pool: Pool | undefined) => (pool ? [{ ...allocatable(pool.type), count: pool.max }] : []);
    const there = [...nodes(general), ...nodes(gpu)];
    const made = poolsToMake(promised, { there, spare: nodes(memory) }, requestShare);
    return [...there, ...made].map(machinesOf);
  },
});

function machinesOf({ gpus = 0, cpus, memoryGiB, count }: NodePool): Machines {
  return { count, cpus, memoryGiB, gpus };
}

/** Every kind of target, by the name that a stack gives. */
export const places: Readonly<Record<TargetName, TargetFacts>> = {
  docker: {
    machines: ({ machine: { gpus = 0, ...rest } = ELITEDESK }) => [{ ...rest, gpus, count: 1 }],
    limit: { cpus: PROMISED_SHARE, memoryGiB: PROMISED_SHARE, storageGiB: PROMISED_SHARE, gpus: 1 },
    asked: () => 1,
    scales: false,
    sharesGpus: true,
    promises: {
      schedules: true,
      sharedFolders: true,
      entry: demandOf(proxy({ host: "", routes: {} }, "off", "")),
    },
  },
  kubernetes,
  eks: cloud(EKS_POOLS, eksAllocatable),
  gke: cloud(GKE_POOLS, gkeAllocatable),
  aks: cloud(AKS_POOLS, aksAllocatable),
};
