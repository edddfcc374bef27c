import type { ReplicatedServer } from "./replicated.ts";
import type { Workload } from "./workload.ts";

/** What is promised to a workload. */
export interface Demand {
  readonly cpuRequest: number;
  readonly memoryRequestMiB: number;
  /**
   * Room for its volumes, in GiB.
   *
   * @defaultValue 0
   */
  readonly storageGiB?: number;
  /**
   * Graphics processors of each copy.
   *
   * @defaultValue 0
   */
  readonly gpus?: number;
  /**
   * Most copies of it that there may be, on targets that can have more than one.
   *
   * @defaultValue 1
   */
  readonly copies?: number;
  /**
   * Program whose copies keep each other's data, which a target has to have something for.
   *
   * @defaultValue none: copies know nothing of each other
   */
  readonly program?: ReplicatedServer["program"];
  /**
   * Setting by which it runs elsewhere, for who reads that there is no room: `keelson:external: { ollama: { url } }`.
   *
   * @defaultValue none: it has to run here
   */
  readonly offload?: string;
}

/** What a machine has. */
export interface Machine {
  readonly cpus: number;
  readonly memoryGiB: number;
  readonly storageGiB: number;
  /**
   * Graphics processors (NVIDIA's); all of them may be promised.
   *
   * @defaultValue 0
   */
  readonly gpus?: number | undefined;
}

/** HP EliteDesk 800 G3 Mini: Intel i5-6500T (4 cores), 16 GB, 500 GB. */
export const ELITEDESK: Machine = { cpus: 4, memoryGiB: 16, storageGiB: 500 };

/** Share of a machine that may be promised; the rest is for the system, and for what a day brings. */
export const PROMISED_SHARE = 0.85;

/** Whether a plan fits a machine, and why. */
export interface Verdict {
  readonly fits: boolean;
  /** What each workload is promised, the sums, and what the machine can promise; for people. */
  readonly table: string;
  /** For each resource what is promised of what can be, as `8.25 of 13.60 GiB of memory`. */
  readonly sums: readonly string[];
  /** One line for each resource that is promised more than once can be kept. */
  readonly excess: readonly string[];
  /** One line for each workload that can run elsewhere and would leave room, the largest first, with the setting for it. */
  readonly offloads: readonly string[];
}

/** How much one workload wants of a resource. */
export interface Amount {
  readonly name: string;
  readonly amount: number;
}

/** One resource of a machine. */
interface Column {
  readonly of: (demand: Demand) => number;
  readonly room: (machine: Machine, share: number) => number;
  readonly unit: string;
  readonly digits: number;
  /**
   * How much is promised, given what each asks for.
   *
   * @defaultValue their sum
   */
  readonly together?: (amounts: readonly number[]) => number;
  /**
   * Whether it stays out of the table where nothing asks for it and the machine has none.
   *
   * @defaultValue false
   */
  readonly rare?: boolean;
}

const COLUMNS: readonly Column[] = [
  {
    of: ({ cpuRequest }) => cpuRequest,
    room: ({ cpus }, share) => cpus * share,
    unit: "cores",
    digits: 2,
  },
  {
    of: ({ memoryRequestMiB }) => memoryRequestMiB / 1024,
    room: ({ memoryGiB }, share) => memoryGiB * share,
    unit: "GiB of memory",
    digits: 2,
  },
  {
    of: ({ storageGiB = 0 }) => storageGiB,
    room: ({ storageGiB }, share) => storageGiB * share,
    unit: "GiB of storage",
    digits: 0,
  },
  {
    of: ({ gpus = 0 }) => gpus,
    room: ({ gpus = 0 }) => gpus,
    // All of them are there for each process that may use any.
    together: (amounts) => Math.max(0, ...amounts),
    unit: "GPUs",
    digits: 0,
    rare: true,
  },
];

const sumOfAll = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

/** Judges whether workloads fit a machine, by what they are promised. */
export function judge(
  plan: Readonly<Record<string, Demand>>,
  machine: Machine,
  share = PROMISED_SHARE,
): Verdict {
  const all = COLUMNS.map(({ of, room, unit, digits, together = sumOfAll, rare = false }) => {
    const demands = Object.entries(plan).map(([name, demand]) => ({ name, amount: of(demand) }));
    const sum = together(demands.map(({ amount }) => amount));
    return { demands, sum, room: room(machine, share), unit, digits, rare };
  });
  const columns = all.filter(({ sum, room, rare }) => !rare || sum > 0 || room > 0);
  // Sums of decimal fractions miss by less than this.
  const exceeded = columns.filter(({ sum, room }) => sum > room + 1e-9);
  const excess = exceeded.map(
    ({ demands, sum, room, unit, digits }) =>
      `${sum.toFixed(digits)} ${unit} promised, ${room.toFixed(digits)} can be; most go to ${mostOf(demands, digits)}`,
  );
  const rows = [
    ["", ...columns.map(({ unit }) => unit)],
    ...Object.keys(plan).map((name, row) => [
      name,
      ...columns.map(({ demands, digits }) => demands[row]!.amount.toFixed(digits)),
    ]),
    ["promised", ...columns.map(({ sum, digits }) => sum.toFixed(digits))],
    [
      `can be promised (${Math.round(share * 100)} %)`,
      ...columns.map(({ room, digits }) => room.toFixed(digits)),
    ],
  ];
  const inExcess = exceeded.flatMap(({ demands }) => demands);
  return {
    fits: excess.length === 0,
    table: aligned(rows),
    sums: columns.map(({ sum, room, unit, digits }) => sumOf(sum, room, unit, digits)),
    excess,
    offloads: offloadsOf(inExcess, plan),
  };
}

/** How much is promised of what can be, for people. */
export function sumOf(sum: number, room: number, unit: string, digits: number): string {
  return `${sum.toFixed(digits)} of ${room.toFixed(digits)} ${unit}`;
}

/** Where most of a resource goes, for people. */
export function mostOf(amounts: readonly Amount[], digits: number): string {
  const most = descending(amounts)
    .filter(({ amount }) => amount > 0)
    .slice(0, 3);
  return most.map(({ name, amount }) => `${name} (${amount.toFixed(digits)})`).join(", ");
}

function descending(amounts: readonly Amount[]): readonly Amount[] {
  return amounts.toSorted((one, other) => other.amount - one.amount);
}

/** How those of a plan that there is no room for can run elsewhere, one line for each that can. */
export function offloadsOf(
  inExcess: readonly Amount[],
  plan: Readonly<Record<string, Pick<Demand, "offload">>>,
): readonly string[] {
  const wanted = descending(inExcess).filter(({ amount }) => amount > 0);
  return [...new Set(wanted.map(({ name }) => name))].flatMap((name) => {
    const setting = plan[name]?.offload;
    return setting === undefined ? [] : [`${name} can run elsewhere: ${setting}`];
  });
}

/**
 * What a workload asks to be promised, at the most copies that it may have.
 *
 * @param copies - those of one that is not scaled
 */
export function demandOf(
  { resources, volumes = {}, scaling }: Pick<Workload, "resources" | "volumes" | "scaling">,
  copies = 1,
): Demand {
  const { cpuRequest, memoryRequestMiB, gpus = 0 } = resources;
  const storageGiB = Object.values(volumes).reduce((total, { sizeGiB }) => total + sizeGiB, 0);
  return { cpuRequest, memoryRequestMiB, storageGiB, gpus, copies: scaling?.max ?? copies };
}

/** What a folder that workloads share asks to be promised. */
export function folderDemand(storageGiB: number): Demand {
  return { cpuRequest: 0, memoryRequestMiB: 0, storageGiB };
}

/** Rows of a table with a name at the left and numbers after it, as text. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map(([name = "", ...amounts]) =>
      [name.padEnd(widths[0]!), ...amounts.map((amount, index) => amount.padStart(widths[index + 1]!))].join(
        "  ",
      ),
    )
    .join("\n");
}
