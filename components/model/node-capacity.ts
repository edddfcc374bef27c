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
  /**
   * Most copies that each takes, whatever they ask for.
   *
   * @defaultValue 110, which is the limit of Kubernetes' kubelet
   */
  readonly pods?: number;
}

interface Resource {
  readonly unit: string;
  readonly digits: number;
  /** What one copy asks for, of which only a share may have to be promised. */
  readonly asked: (demand: Demand, share: number) => number;
  /** What one node has. */
  readonly room: (nodes: Nodes) => number;
}

/** What a copy asks for by itself. */
const OWN: readonly Resource[] = [
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

const RESOURCES: readonly Resource[] = [
  ...OWN,
  {
    unit: "pods",
    digits: 0,
    // A folder is promised room on a disk alone; no pod is made of it.
    asked: ({ cpuRequest, memoryRequestMiB }) => (cpuRequest > 0 || memoryRequestMiB > 0 ? 1 : 0),
    room: ({ pods = 110 }) => pods,
  },
];

type Plan = Readonly<Record<string, Demand>>;

/**
 * Judges whether workloads fit nodes: each copy has to fit a node, and all copies together have to fit all nodes when
 * there are as many as there may be of either. Copies that fit some nodes only have to fit these together.
 *
 * @param share Share of the processors and memory asked for that has to be promised
 */
export function judgeNodes(plan: Plan, pools: readonly Nodes[], share = 1): Verdict {
  const homes = homesOf(plan, pools, share);
  const homeless = tooLarge(homes, pools, share);
  const exceeded = groupsOf(homes, pools).flatMap((group) => tooMany(group, share));
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

/** A workload, and the pools of which a node takes a copy of it. */
interface Home {
  readonly name: string;
  readonly demand: Demand;
  readonly pools: readonly Nodes[];
}

function homesOf(plan: Plan, pools: readonly Nodes[], share: number): readonly Home[] {
  const takes = (nodes: Nodes, demand: Demand) =>
    RESOURCES.every(({ asked, room }) => asked(demand, share) <= room(nodes));
  return Object.entries(plan).map(([name, demand]) => ({
    name,
    demand,
    pools: pools.filter((nodes) => takes(nodes, demand)),
  }));
}

/** Workloads of which not even one copy fits a node. */
function tooLarge(homes: readonly Home[], pools: readonly Nodes[], share: number): Excess[] {
  return homes
    .filter((home) => home.pools.length === 0)
    .map(({ name, demand }) => {
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
  return " (where nodes have GPUs, as nvidia.com/gpu, state it: nodes: [{ …, gpus: 1 }]; a cloud's cluster has some if they are asked for: pools: { gpu: {} })";
}

/** Workloads that have some nodes among them, and no others. */
interface Group {
  readonly plan: Plan;
  readonly pools: readonly Nodes[];
  /** How a refusal speaks of the copies, and of the nodes. */
  readonly copies: string;
  readonly nodes: string;
}

/** Everything on all nodes, and what fits no more than some of them on these. */
function groupsOf(homes: readonly Home[], pools: readonly Nodes[]): readonly Group[] {
  const planOf = (those: readonly Home[]) =>
    Object.fromEntries(those.map(({ name, demand }) => [name, demand]));
  const all = { plan: planOf(homes), pools, copies: "all copies", nodes: "all nodes" };
  const housed = homes.filter((home) => home.pools.length > 0);
  const some = new Map(housed.map((home) => [pools.map((pool) => home.pools.includes(pool)).join(), home]));
  const groups = [...some.values()]
    .filter((home) => home.pools.length < pools.length)
    .map((home) => ({
      plan: planOf(housed.filter((other) => other.pools.every((pool) => home.pools.includes(pool)))),
      pools: home.pools,
      copies: "copies that fit no other nodes",
      nodes: `the ${home.pools.reduce((total, { count }) => total + count, 0)} that they fit`,
    }));
  return [all, ...groups];
}

/** Resources of which the copies of a group together ask for more than its nodes have. */
function tooMany({ plan, pools, copies, nodes }: Group, share: number): Excess[] {
  return (
    totals(plan, pools, share)
      // Sums of decimal fractions miss by less than this.
      .filter(({ sum, all }) => sum > all + 1e-9)
      .map(({ demands, sum, all, unit, digits }) => {
        const had = `${nodes} have ${all.toFixed(digits)}; most go to ${mostOf(demands, digits)}`;
        return { reason: `${copies} ask for ${sum.toFixed(digits)} ${unit}, and ${had}`, demands };
      })
  );
}

/** What all copies ask for of each resource, and what all nodes have of it. */
function totals(plan: Plan, pools: readonly Nodes[], share: number) {
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

function amounts(of: (resource: Resource) => number): string {
  return OWN.map((resource) => ({ ...resource, amount: of(resource) }))
    .filter(({ amount }) => amount > 0)
    .map(({ amount, digits, unit }) => `${amount.toFixed(digits)} ${unit}`)
    .join(" and ");
}

function tableOf(plan: Plan, pools: readonly Nodes[], share: number): string {
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
