import {
  aligned,
  type Amount,
  type Demand,
  type Machine,
  mostOf,
  offloadsOf,
  sumOf,
  type Verdict,
} from "./capacity.ts";

/** Machines of one size that workloads are spread over. */
export interface Nodes extends Omit<Machine, "storageGiB"> {
  /** Most of them that there may be. */
  readonly count: number;
  /**
   * Graphics processors of each.
   *
   * @defaultValue 0
   */
  readonly gpus?: number;
}

interface Resource {
  readonly unit: string;
  readonly digits: number;
  /** What one copy asks for, of which only a share may have to be promised. */
  readonly asked: (demand: Demand, share: number) => number;
  /** What one node has. */
  readonly room: (nodes: Nodes) => number;
}

const RESOURCES: readonly Resource[] = [
  {
    unit: "cores",
    digits: 2,
    asked: ({ cpuRequest }, share) => cpuRequest * share,
    room: ({ cpus }) => cpus,
  },
  {
    unit: "GiB of memory",
    digits: 2,
    asked: ({ memoryRequestMiB }, share) => (memoryRequestMiB * share) / 1024,
    room: ({ memoryGiB }) => memoryGiB,
  },
  { unit: "GPUs", digits: 0, asked: ({ gpus = 0 }) => gpus, room: ({ gpus = 0 }) => gpus },
];

/**
 * Judges whether workloads fit nodes: each copy has to fit a node, and all copies together have to fit all nodes when
 * there are as many as there may be of either.
 *
 * @param share Share of the processors and memory asked for that has to be promised
 */
export function judgeNodes(
  plan: Readonly<Record<string, Demand>>,
  pools: readonly Nodes[],
  share = 1,
): Verdict {
  const homeless = tooLarge(plan, pools, share);
  const exceeded = tooMany(plan, pools, share);
  const excess = [...homeless.map(({ reason }) => reason), ...exceeded.map(({ reason }) => reason)];
  const inExcess = [...homeless, ...exceeded].flatMap(({ demands }) => demands);
  return {
    fits: excess.length === 0,
    table: tableOf(plan, pools, share),
    sums: totals(plan, pools, share).map(({ sum, all, unit, digits }) => sumOf(sum, all, unit, digits)),
    excess,
    offloads: offloadsOf(inExcess, plan),
  };
}

/** Something that does not fit, and what it is made up of. */
interface Excess {
  readonly reason: string;
  readonly demands: readonly Amount[];
}

/** Workloads of which not even one copy fits a node. */
function tooLarge(plan: Readonly<Record<string, Demand>>, pools: readonly Nodes[], share: number): Excess[] {
  const fits = (demand: Demand) =>
    pools.some((nodes) => RESOURCES.every(({ asked, room }) => asked(demand, share) <= room(nodes)));
  return Object.entries(plan)
    .filter(([, demand]) => !fits(demand))
    .map(([name, demand]) => {
      const wanted = amounts((resource) => resource.asked(demand, share));
      const nodes = pools.map((pool) => amounts((resource) => resource.room(pool))).join(", or ");
      const has = `${nodes || "nothing: there are none"}${unstated(demand, pools)}`;
      return {
        reason: `a copy of "${name}" asks for ${wanted}, and a node has ${has}`,
        demands: [{ name, amount: 1 }],
      };
    });
}

/** What to state where a workload asks for graphics processors, and no node is said to have any. */
function unstated({ gpus: asked = 0 }: Demand, pools: readonly Nodes[]): string {
  if (asked === 0 || pools.some(({ gpus = 0 }) => gpus > 0)) return "";
  return " (where nodes have GPUs, as nvidia.com/gpu, state it: nodes: [{ …, gpus: 1 }])";
}

/** What all copies ask for of each resource, and what all nodes have of it. */
function totals(plan: Readonly<Record<string, Demand>>, pools: readonly Nodes[], share: number) {
  return RESOURCES.map(({ asked, room, unit, digits }) => {
    const demands = Object.entries(plan).map(([name, demand]) => ({
      name,
      amount: asked(demand, share) * (demand.copies ?? 1),
    }));
    const sum = demands.reduce((total, { amount }) => total + amount, 0);
    const all = pools.reduce((total, nodes) => total + room(nodes) * nodes.count, 0);
    return { demands, sum, all, unit, digits };
  });
}

/** Resources of which all copies together ask for more than all nodes have. */
function tooMany(plan: Readonly<Record<string, Demand>>, pools: readonly Nodes[], share: number): Excess[] {
  return (
    totals(plan, pools, share)
      // Sums of decimal fractions miss by less than this.
      .filter(({ sum, all }) => sum > all + 1e-9)
      .map(({ demands, sum, all, unit, digits }) => {
        const had = `all nodes have ${all.toFixed(digits)}; most go to ${mostOf(demands, digits)}`;
        return { reason: `all copies ask for ${sum.toFixed(digits)} ${unit}, and ${had}`, demands };
      })
  );
}

function amounts(of: (resource: Resource) => number): string {
  return RESOURCES.map((resource) => ({ ...resource, amount: of(resource) }))
    .filter(({ amount }) => amount > 0)
    .map(({ amount, digits, unit }) => `${amount.toFixed(digits)} ${unit}`)
    .join(" and ");
}

function tableOf(plan: Readonly<Record<string, Demand>>, pools: readonly Nodes[], share: number): string {
  const row = (name: string, count: number, of: (resource: Resource) => number) => [
    name,
    `${count}`,
    ...RESOURCES.map((resource) => of(resource).toFixed(resource.digits)),
  ];
  return aligned([
    ["", "copies", ...RESOURCES.map(({ unit }) => `${unit} each`)],
    ...Object.entries(plan).map(([name, demand]) =>
      row(name, demand.copies ?? 1, ({ asked }) => asked(demand, share)),
    ),
    ...pools.map((nodes) => row("nodes", nodes.count, ({ room }) => room(nodes))),
  ]);
}
