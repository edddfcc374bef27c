import type { Value } from "../value.ts";

/** The fewest removals and insertions that turn one list into another: indices in the old list and in the new. */
export function edits(
  before: readonly Value[],
  after: readonly Value[],
): { readonly removed: ReadonlySet<number>; readonly inserted: ReadonlySet<number> } {
  const lengths = commonLengths(before, after);
  const removed = new Set<number>();
  const inserted = new Set<number>();
  let [from, to] = [0, 0];
  while (from < before.length || to < after.length) {
    if (from < before.length && to < after.length && before[from] === after[to]) {
      from++;
      to++;
    } else if (to >= after.length || (lengths[from + 1]?.[to] ?? -1) >= (lengths[from]?.[to + 1] ?? -1)) {
      if (from < before.length) removed.add(from++);
      else inserted.add(to++);
    } else inserted.add(to++);
  }
  return { removed, inserted };
}

/** `[from][to]`: the length of the longest list that is in both `before` from `from` on and `after` from `to` on. */
function commonLengths(before: readonly Value[], after: readonly Value[]): readonly (readonly number[])[] {
  const lengths = Array.from({ length: before.length + 1 }, () => Array<number>(after.length + 1).fill(0));
  for (let from = before.length - 1; from >= 0; from--)
    for (let to = after.length - 1; to >= 0; to--) {
      const row = lengths[from];
      if (!row) continue;
      row[to] =
        before[from] === after[to]
          ? (lengths[from + 1]?.[to + 1] ?? 0) + 1
          : Math.max(lengths[from + 1]?.[to] ?? 0, row[to + 1] ?? 0);
    }
  return lengths;
}
