import type { Check } from "../../../../../cli/checks.ts";

/** The checks that do not come out good. */
export function complaints(checks: readonly Check[]): Record<string, unknown>[] {
  return checks
    .filter(({ outcome }) => outcome !== "good")
    .map(({ name, outcome, detail, remedy }) => ({ name, outcome, detail, remedy }));
}
