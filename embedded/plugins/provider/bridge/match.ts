import { isValues, type Value } from "../value.ts";
import { isSet } from "./types.ts";
import type { PropertyType } from "../property.ts";

/**
 * Says which element of `others` each element of `elements` corresponds to: the one at the same place, or in a set of blocks,
 * which has no places, the one that agrees with it in most properties.
 */
export function correspondence(
  type: PropertyType,
  elements: readonly Value[],
  others: readonly Value[],
): (index: number) => Value | undefined {
  if (!isSet(type) || ![...elements, ...others].every(isValues)) return (index) => others[index];
  const pairs = elements
    .flatMap((one, index) => others.map((other, at) => ({ index, at, score: agreement(one, other) })))
    .toSorted((one, other) => other.score - one.score);
  const matched = new Map<number, number>();
  const taken = new Set<number>();
  for (const { index, at } of pairs) {
    if (matched.has(index) || taken.has(at)) continue;
    matched.set(index, at);
    taken.add(at);
  }
  return (index) => {
    const at = matched.get(index);
    return at === undefined ? undefined : others[at];
  };
}

function agreement(one: Value, other: Value): number {
  if (!isValues(one) || !isValues(other)) return 0;
  return Object.entries(one)
    .filter(([name]) => name in other)
    .map(([name, value]) => (JSON.stringify(value) === JSON.stringify(other[name]) ? 3 : 1))
    .reduce((sum: number, score) => sum + score, 0);
}
