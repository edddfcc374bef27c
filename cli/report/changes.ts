import type { Kept } from "./kept.ts";
import type { Row } from "./rows.ts";

/** What became of one thing since another report. */
export interface Change {
  readonly kind: string;
  readonly name: string;
  readonly how: "added" | "removed" | "changed";
  /** What is said otherwise; of what was added or removed, all that is said. */
  readonly facts: readonly ChangedFact[];
}

/** A fact, before and after; empty where there was nothing. */
export interface ChangedFact {
  readonly fact: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What is known to have changed from one report to the next; kinds that one of them could say nothing about are left out. */
export function changesBetween(before: Kept, after: Kept): readonly Change[] {
  const unknown = new Set([...before.unknown, ...after.unknown]);
  const earlier = byIdentity(before.rows.filter(({ kind }) => !unknown.has(kind)));
  const later = byIdentity(after.rows.filter(({ kind }) => !unknown.has(kind)));
  return [...new Set([...later.keys(), ...earlier.keys()])].flatMap((identity) =>
    changeOf(earlier.get(identity), later.get(identity)),
  );
}

function byIdentity(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [JSON.stringify([row.kind, row.name]), row]));
}

function changeOf(before: Row | undefined, after: Row | undefined): readonly Change[] {
  const row = after ?? before;
  if (!row) return [];
  const facts = changedFacts(before?.facts ?? {}, after?.facts ?? {});
  const how = before === undefined ? "added" : after === undefined ? "removed" : "changed";
  return how === "changed" && facts.length === 0 ? [] : [{ kind: row.kind, name: row.name, how, facts }];
}

function changedFacts(before: Row["facts"], after: Row["facts"]): readonly ChangedFact[] {
  return [...new Set([...Object.keys(after), ...Object.keys(before)])]
    .map((fact) => ({ fact, before: before[fact] ?? [], after: after[fact] ?? [] }))
    .filter((changed) => JSON.stringify(changed.before) !== JSON.stringify(changed.after));
}
