import type { Cost, Topology } from "../topology/topology.ts";
import type { Listing } from "./rows.ts";

const FIRST = "at first, USD a month";
const MOST = "at most, USD a month";

/** What the stack costs, item by item and together. */
export const costs: Listing<Topology> = {
  kind: "cost",
  name: "For",
  columns: { [FIRST]: "number", [MOST]: "number" },
  rows: ({ cost }) => {
    if (!cost) return [];
    const { items } = cost;
    const sum = (of: "atFirst" | "atMost") => items.reduce((total, item) => total + (item[of] ?? 0), 0);
    const isWhole = items.every(({ atFirst }) => atFirst !== undefined);
    const together = isWhole ? "together" : "together, without what has no price here";
    return [...items, { name: together, atFirst: sum("atFirst"), atMost: sum("atMost") }].map((item) => ({
      name: item.name,
      facts: { [FIRST]: dollars(item.atFirst), [MOST]: dollars(item.atMost) },
    }));
  },
};

/** What the figures are, and what is not in them. */
export function costText({ region, asOf, lists }: Cost): string {
  return `An estimate, no offer: list prices of ${region} in ${asOf}, for 730 hours, with the nodes of the first day and with as many as there may be. Traffic, logs, backups, taxes and reductions are not in it. The lists: ${lists.join(", ")}`;
}

function dollars(amount: number | undefined): readonly string[] {
  return amount === undefined ? [] : [amount.toFixed(0)];
}
