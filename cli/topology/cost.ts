import { POOLS as AKS_POOLS } from "../../components/clusters/aks/pools.ts";
import type { PoolsArgs } from "../../components/clusters/cloud-args.ts";
import type { Nat } from "../../components/clusters/eks/eks-args.ts";
import { POOLS as EKS_POOLS } from "../../components/clusters/eks/settings.ts";
import { POOLS as GKE_POOLS } from "../../components/clusters/gke/pools.ts";
import {
  aksAllocatable,
  type Allocatable,
  eksAllocatable,
  gkeAllocatable,
} from "../../components/clusters/node-types/index.ts";
import { type Pool, type PoolDefaults, type PoolName, poolsOf } from "../../components/clusters/pools.ts";
import { HOURS_A_MONTH, type Prices, PRICES, PRICES_AS_OF } from "../../components/clusters/prices.ts";
import type { Demand } from "../../components/model/capacity.ts";
import { poolsToMake } from "../../components/targets/kubernetes/node-pools.ts";
import type { Cost, CostItem, SharedFolderFacts, WorkloadFacts } from "./topology.ts";

/** What is read of a cloud target's settings, which the program has checked. */
export interface CostSettings {
  readonly pools?: PoolsArgs;
  readonly nat?: Nat;
  readonly requestShare?: number;
}

/** What a stack has that costs by its size. */
export interface Sized {
  readonly promised: Readonly<Record<string, Demand>>;
  readonly workloads: readonly Pick<WorkloadFacts, "copies" | "volumes">[];
  readonly sharedFolders: readonly SharedFolderFacts[];
}

interface Cloud {
  readonly prices: Prices;
  readonly pools: PoolDefaults;
  readonly allocatable: (type: string) => Allocatable;
  /** Gateways by which nodes reach the internet. */
  readonly gateways: (settings: CostSettings) => number;
}

const EKS_GATEWAYS: Readonly<Record<Nat, number>> = { one: 1, perZone: 3 };

/** Targets that are clusters of a cloud, by name; of others nobody knows what they cost. */
const CLOUDS: ReadonlyMap<string, Cloud> = new Map(
  Object.entries({
    eks: {
      prices: PRICES.eks,
      pools: EKS_POOLS,
      allocatable: eksAllocatable,
      gateways: ({ nat = "perZone" }) => EKS_GATEWAYS[nat],
    },
    gke: { prices: PRICES.gke, pools: GKE_POOLS, allocatable: gkeAllocatable, gateways: () => 1 },
    aks: { prices: PRICES.aks, pools: AKS_POOLS, allocatable: aksAllocatable, gateways: () => 1 },
  } satisfies Record<string, Cloud>),
);

/** What a stack costs in a month by list prices: with the nodes of the first day, and with as many as there may be. */
export function costOf(target: string, settings: CostSettings, sized: Sized): Cost | undefined {
  const cloud = CLOUDS.get(target);
  if (!cloud) return undefined;
  const { prices } = cloud;
  const pools = poolsMade(cloud, settings, sized);
  const { chargedGiB = (sizeGiB: number) => sizeGiB } = prices;
  const nodes = {
    atFirst: sum(pools.map(([, { initial }]) => initial)),
    atMost: sum(pools.map(([, { max }]) => max)),
  };
  const gateways = cloud.gateways(settings);
  const volumes = sum(volumesOf(sized).map(chargedGiB)) * prices.volumeGiB;
  const nat = (count: number) => hourly(gateways * prices.nat.gateway + count * prices.nat.node);
  const items: CostItem[] = [
    fixed("control plane", hourly(prices.controlPlane)),
    ...pools.map(([name, pool]) => nodesItem(name, pool, prices, chargedGiB)),
    { name: "way out (NAT)", atFirst: nat(nodes.atFirst), atMost: nat(nodes.atMost) },
    fixed("load balancer", hourly(prices.loadBalancer)),
    fixed("volumes", volumes),
  ];
  return { region: prices.region, asOf: PRICES_AS_OF, lists: prices.lists, items };
}

/** Sizes of all volumes, one by one, at the most copies that there may be. */
function volumesOf({ workloads, sharedFolders }: Sized): readonly number[] {
  const own = workloads.flatMap(({ copies, volumes }) =>
    volumes.flatMap(({ sizeGiB }) => Array.from({ length: copies.max }, () => sizeGiB)),
  );
  return [...own, ...sharedFolders.map(({ sizeGiB }) => sizeGiB)];
}

/** Pools that the stack has: the one for memory only where something needs it. */
function poolsMade(
  { pools: defaults, allocatable }: Cloud,
  { pools, requestShare = 1 }: CostSettings,
  { promised }: Sized,
): readonly (readonly [PoolName, Pool])[] {
  const { general, memory, gpu } = poolsOf(defaults, pools);
  const nodes = (pool: Pool | undefined) => (pool ? [{ ...allocatable(pool.type), count: pool.max }] : []);
  const choice = { there: [...nodes(general), ...nodes(gpu)], spare: nodes(memory) };
  const isMade = poolsToMake(promised, choice, requestShare).length > 0;
  return [
    ["general", general],
    ...(memory && isMade ? ([["memory", memory]] as const) : []),
    ...(gpu ? ([["gpu", gpu]] as const) : []),
  ];
}

function nodesItem(
  name: PoolName,
  { type, initial, max, diskGiB }: Pool,
  { machines, nodeDiskGiB }: Prices,
  chargedGiB: (sizeGiB: number) => number,
): CostItem {
  const count = initial === max ? max : `${initial} to ${max}`;
  const item = { name: `nodes "${name}", ${count} × ${type}` };
  const machine = machines[type];
  if (machine === undefined) return item;
  const each = hourly(machine) + chargedGiB(diskGiB) * nodeDiskGiB;
  return { ...item, atFirst: initial * each, atMost: max * each };
}

function fixed(name: string, monthly: number): CostItem {
  return { name, atFirst: monthly, atMost: monthly };
}

function hourly(price: number): number {
  return price * HOURS_A_MONTH;
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
