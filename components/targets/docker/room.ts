import { type Demand, ELITEDESK, judge, type Machine } from "../../model/capacity.ts";
import type { Neighbours } from "./neighbours.ts";

/** What a Docker host has promised to workloads, and whether it can keep that. */
export class Room {
  readonly #machine: Machine;
  readonly #neighbours: Neighbours;
  readonly #promised: Record<string, Demand> = {};

  constructor(machine: Machine = ELITEDESK, neighbours: Neighbours = {}) {
    this.#machine = machine;
    const rows = Object.entries(neighbours).map(([stack, demand]) => [`stack "${stack}"`, demand]);
    this.#neighbours = Object.fromEntries(rows);
  }

  /** Promises something to workloads, by their names; or says why that can't be kept, and what to do. */
  promise(plan: Readonly<Record<string, Demand>>): string | undefined {
    Object.assign(this.#promised, plan);
    const { fits, excess, table, offloads } = judge(
      { ...this.#promised, ...this.#neighbours },
      this.#machine,
    );
    if (fits) return undefined;
    const advice = ["lower what is promised", "leave something out", ...this.#elsewhere()].join(", ");
    const reason = `this does not fit the host: ${excess.join("; ")}; ${advice} or state a larger machine`;
    return [reason, ...offloads, table].join("\n");
  }

  #elsewhere(): string[] {
    return Object.keys(this.#neighbours).length > 0 ? ["move a stack to another host"] : [];
  }
}
