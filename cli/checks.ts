import { type Outcome, sign } from "./terminal.ts";
import { table } from "./table.ts";

/** One thing that was looked at, and how it is. */
export interface Check {
  /** What kind of thing it is, as `service`. */
  readonly kind: string;
  readonly name: string;
  readonly outcome: Outcome;
  /** What was found, in a few words. */
  readonly detail: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** Checks as lines in columns; what to do stands below. */
export function showChecks(checks: readonly Check[]): string {
  const rows = checks.map(({ outcome, kind, name, detail }) => [sign(outcome), kind, name, detail]);
  const remedies = checks.flatMap(({ name, outcome, remedy }) =>
    remedy ? [`${sign(outcome)} ${name}: ${remedy}`] : [],
  );
  return [table(rows), ...(remedies.length > 0 ? ["", ...remedies] : [])].join("\n");
}

/** Whether nothing has to be mended. */
export function allGood(checks: readonly Check[]): boolean {
  return checks.every(({ outcome }) => outcome !== "bad");
}

/** How many of each kind there are, as `9 services, 34 containers`. */
export function countChecks(checks: readonly Check[]): string {
  const kinds = [...new Set(checks.map(({ kind }) => kind))];
  return kinds.map((kind) => counted(checks.filter((check) => check.kind === kind).length, kind)).join(", ");
}

function counted(count: number, kind: string): string {
  return `${count} ${kind}${count === 1 ? "" : "s"}`;
}

const check =
  (outcome: Check["outcome"]) =>
  (kind: string, name: string, detail: string, remedy?: string): Check => ({
    kind,
    name,
    outcome,
    detail,
    ...(remedy !== undefined && { remedy }),
  });

/** Something that is well. */
export const good = check("good");
/** Something that may give trouble. */
export const doubtful = check("doubtful");
/** Something that has to be mended. */
export const bad = check("bad");
