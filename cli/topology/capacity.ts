import type { Demand } from "../../components/model/capacity.ts";
import type { TargetFacts, TargetSettings } from "./places.ts";
import type { Amounts, Capacity, Machines } from "./topology.ts";

const RESOURCES = ["cpus", "memoryGiB", "storageGiB", "gpus"] as const;

/** What is promised of the machines that a stack runs on. */
export function capacityOf(
  demands: Readonly<Record<string, Demand>>,
  place: TargetFacts,
  settings: TargetSettings,
): Capacity {
  const machines = place.machines(settings, demands);
  const share = place.asked(settings);
  const promised = Object.fromEntries(
    Object.entries(demands).map(([name, demand]) => [name, amountsOf(demand, place, share)]),
  );
  return { machines, limit: limitOf(machines, place), promised, total: totalOf(promised, place) };
}

function amountsOf(demand: Demand, { scales }: TargetFacts, share: number): Amounts {
  const { cpuRequest, memoryRequestMiB, storageGiB = 0, gpus = 0 } = demand;
  const copies = scales ? (demand.copies ?? 1) : 1;
  return {
    cpus: cpuRequest * share * copies,
    memoryGiB: (memoryRequestMiB * share * copies) / 1024,
    storageGiB: storageGiB * copies,
    gpus: gpus * copies,
  };
}

function limitOf(machines: readonly Machines[], { limit }: TargetFacts): Partial<Amounts> {
  const judged = RESOURCES.flatMap((resource) => {
    const share = limit[resource];
    if (share === undefined) return [];
    return [[resource, sum(machines.map((each) => (each[resource] ?? 0) * each.count)) * share]];
  });
  return Object.fromEntries(judged);
}

function totalOf(promised: Readonly<Record<string, Amounts>>, { sharesGpus }: TargetFacts): Amounts {
  const of = (resource: keyof Amounts) => Object.values(promised).map((amounts) => amounts[resource]);
  return {
    cpus: sum(of("cpus")),
    memoryGiB: sum(of("memoryGiB")),
    storageGiB: sum(of("storageGiB")),
    gpus: sharesGpus ? Math.max(0, ...of("gpus")) : sum(of("gpus")),
  };
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
