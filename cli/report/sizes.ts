import { PROMISED_SHARE } from "../../components/model/capacity.ts";
import type { Amounts, Capacity, Machines, Topology, WorkloadFacts } from "../topology/topology.ts";
import type { Listing } from "./rows.ts";
import { counted, numberText } from "./text.ts";

/** Each resource of machines, by its name in the facts. */
export const RESOURCES: Readonly<Record<keyof Amounts, Resource>> = {
  cpus: { title: "processors", unit: "cores", limit: ({ cpuLimit }) => cpuLimit },
  memoryGiB: {
    title: "memory",
    unit: "GiB",
    limit: ({ memoryLimitMiB }) => memoryLimitMiB / 1024,
  },
  storageGiB: { title: "storage", unit: "GiB" },
  gpus: { title: "graphics processors", unit: "GPUs" },
};

interface Resource {
  readonly title: string;
  readonly unit: string;
  /** The most that a copy may use; absent where that is what it is promised. */
  readonly limit?: (resources: WorkloadFacts["resources"]) => number;
}

/** How much of one resource is promised, and of how much. */
export interface Sum {
  readonly resource: keyof Amounts;
  readonly promised: number;
  /** What may be promised; absent where the target does not judge it. */
  readonly limit?: number;
  /** What the machines have; absent where that is not known. */
  readonly has?: number;
}

/** The sums of all resources that are there or asked for. */
export function sumsOf({ capacity }: Topology): readonly Sum[] {
  return (Object.keys(RESOURCES) as (keyof Amounts)[])
    .map((resource) => sumOf(capacity, resource))
    .filter(({ promised, has }) => promised > 0 || (has ?? 0) > 0);
}

/** What is promised of all machines together. */
export const totals: Listing<Topology> = {
  kind: "total",
  name: "Resource",
  columns: { promised: "number", "may be promised": "number", left: "number", "machines have": "number" },
  rows: (topology) =>
    sumsOf(topology).map(({ resource, promised, limit, has }) => {
      const text = (amount: number | undefined) =>
        amount === undefined ? [] : [`${numberText(amount)} ${RESOURCES[resource].unit}`];
      return {
        name: RESOURCES[resource].title,
        facts: {
          promised: text(promised),
          "may be promised": text(limit),
          left: text(limit === undefined ? undefined : limit - promised),
          "machines have": text(has),
        },
      };
    }),
};

/** What each is promised, and the most that it may use, all copies of it together. */
export const sizes: Listing<Topology> = {
  kind: "size",
  name: "For",
  columns: {
    "cores promised": "number",
    "cores at most": "number",
    "memory promised, GiB": "number",
    "memory at most, GiB": "number",
    "storage, GiB": "number",
    GPUs: "number",
  },
  rows: ({ capacity: { promised }, workloads }) =>
    Object.entries(promised).map(([name, amounts]) => {
      const workload = workloads.find((each) => each.name === name);
      const most = (resource: keyof Amounts) => mostOf(workload, resource);
      return {
        name,
        facts: {
          "cores promised": [numberText(amounts.cpus)],
          "cores at most": most("cpus"),
          "memory promised, GiB": [numberText(amounts.memoryGiB)],
          "memory at most, GiB": most("memoryGiB"),
          "storage, GiB": amounts.storageGiB > 0 ? [numberText(amounts.storageGiB)] : [],
          GPUs: amounts.gpus > 0 ? [numberText(amounts.gpus)] : [],
        },
      };
    }),
};

/** What the machines are, in a few words. */
export function machinesText(machines: readonly Machines[]): string {
  return machines.map(machineText).join(", and ");
}

/** Where the line lies up to which may be promised, as a share of what there is. */
export function lineText({ limit, has }: Sum): string {
  const share = limit === undefined || !has ? PROMISED_SHARE : limit / has;
  return `${Math.round(share * 100)} %`;
}

function sumOf({ machines, limit, total }: Capacity, resource: keyof Amounts): Sum {
  const amounts = machines.map((each) => each[resource]);
  const known = amounts.every((amount) => amount !== undefined);
  const has = machines.reduce((sum, each) => sum + each.count * (each[resource] ?? 0), 0);
  const most = limit[resource];
  return {
    resource,
    promised: total[resource],
    ...(most !== undefined && { limit: most }),
    ...(known && { has }),
  };
}

function mostOf(workload: WorkloadFacts | undefined, resource: keyof Amounts): readonly string[] {
  const limit = RESOURCES[resource].limit;
  return workload && limit ? [numberText(limit(workload.resources) * workload.copies.max)] : [];
}

function machineText({ count, cpus, memoryGiB, storageGiB, gpus }: Machines): string {
  const parts = [
    counted(cpus, "core"),
    `${numberText(memoryGiB)} GiB of memory`,
    ...(storageGiB === undefined ? [] : [`${numberText(storageGiB)} GiB of storage`]),
    ...(gpus > 0 ? [counted(gpus, "GPU")] : []),
  ];
  return `${counted(count, "machine")} with ${parts.join(", ")}`;
}
