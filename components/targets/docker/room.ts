import { type Demand, ELITEDESK, judge, type Machine } from "../../model/capacity.ts";
import { type Neighbours, titled } from "./neighbours.ts";

/** What a Docker host has promised to workloads, and whether it can keep that. */
export class Room {
  readonly #machine: Machine;
  readonly #neighbours: Neighbours;
  readonly #promised: Record<string, Demand> = {};

  constructor(machine: Machine = ELITEDESK, neighbours: Neighbours = {}) {
    this.#machine = machine;
    this.#neighbours = titled(neighbours);
  }

  /** Promises something to workloads, by their names; or says why that can't be kept, and what to do. */
  promise(plan: Readonly<Record<string, Demand>>): string | undefined {
    // What a plan says of a workload holds on where the workload itself says nothing of it.
    for (const [name, demand] of Object.entries(plan))
      this.#promised[name] = { ...this.#promised[name], ...demand };
    const { fits, excess, table, offloads } = judge(
      { ...this.#promised, ...this.#neighbours },
      this.#machine,
    );
    if (fits) return undefined;
    const advice = ["lower what is promised", "leave something out", ...this.#elsewhere()].join(", ");
    const reason = `this does not fit the host: ${excess.join("; ")}; ${advice} or state a larger machine`;
    return [reason, ...this.#unstated(), ...offloads, table].join("\n");
  }

  /** What to state where workloads ask for graphics processors, and the host is not said to have any. */
  #unstated(): string[] {
    const { gpus = 0 } = this.#machine;
    const asking = Object.entries(this.#promised).filter(([, demand]) => demand.gpus);
    if (gpus > 0 || asking.length === 0) return [];
    const names = asking.map(([name, demand]) => `"${name}" asks for ${demand.gpus}`).join(", ");
    return [
      `the host is not said to have any GPU, and ${names}; where it has, state it: keelson:docker: { machine: { …, gpus: 1 } }`,
    ];
  }

  #elsewhere(): string[] {
    return Object.keys(this.#neighbours).length > 0 ? ["move a stack to another host"] : [];
  }
}
