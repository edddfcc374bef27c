import { h } from "hastscript";
import type { Topology } from "../topology/topology.ts";
import type { Markup } from "./elements.ts";
import { lineText, RESOURCES, type Sum, sumsOf } from "./sizes.ts";
import { numberText } from "./text.ts";

/** A bar for each resource whose amount is known: who is promised how much of it, and the line up to which may be promised. */
export function bars(topology: Topology): readonly Markup[] {
  return sumsOf(topology).flatMap((sum) => (sum.has ? [bar(topology, sum, sum.has)] : []));
}

function bar({ capacity }: Topology, sum: Sum, has: number): Markup {
  const { resource, promised, limit } = sum;
  const { title, unit } = RESOURCES[resource];
  const text = `${numberText(promised)} of ${numberText(has)} ${unit} promised`;
  const left = limit === undefined ? "" : `, ${numberText(limit - promised)} left up to ${lineText(sum)}`;
  // What is promised of a resource that all share is no sum; and more may be promised than there is.
  const whole = Math.max(has, promised);
  const parts = Object.entries(capacity.promised)
    .map(([name, amounts]) => ({ name, amount: amounts[resource] }))
    .filter(({ amount }) => amount > 0)
    .toSorted((one, other) => other.amount - one.amount);
  const total = parts.reduce((all, { amount }) => all + amount, 0);
  return h("figure.bar", [
    h("figcaption", [h("b", title), ` ${text}${left}`]),
    h("div.track", { ariaHidden: "true" }, [
      ...parts.map(({ name, amount }) =>
        h("span", {
          title: `${name}: ${numberText(amount)} ${unit}`,
          style: `width:${percent((amount / total) * (promised / whole))}`,
        }),
      ),
      ...(limit === undefined ? [] : [h("i", { style: `left:${percent(limit / whole)}` })]),
    ]),
  ]);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}
