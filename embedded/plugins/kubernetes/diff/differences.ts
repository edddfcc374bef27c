import type { PropertyDifference } from "../../provider/questions.ts";
import { isUnknown, isValues, type Value, type Values } from "../../provider/value.ts";
import type { Path } from "./replacement.ts";

type Report = (
  path: Path,
  difference: Omit<PropertyDifference, "replaces">,
  wanted: Value | undefined,
) => void;

/**
 * Reports each place where wanted inputs differ from the object as it is. Lists are compared side by side, as the official plugin does. Of an
 * unknown object, what it has now counts as deleted: nothing is known to stay.
 */
export function differences(current: Values, wanted: Values, report: Report): void {
  compareObjects([], current, wanted, report);
}

function compareObjects(path: Path, current: Values, wanted: Values, report: Report): void {
  for (const name of new Set([...Object.keys(current), ...Object.keys(wanted)])) {
    const [before, after] = [current[name] ?? undefined, wanted[name] ?? undefined];
    if (before !== undefined || after !== undefined) compare([...path, name], before, after, report);
  }
}

function compare(path: Path, current: Value | undefined, wanted: Value | undefined, report: Report): void {
  if (wanted === undefined) report(path, { kind: "delete", inputs: true }, wanted);
  else if (current === undefined) report(path, { kind: "add", inputs: false }, wanted);
  else if (isValues(current) && isUnknown(wanted)) compareObjects(path, current, {}, report);
  else if (isValues(current) && isValues(wanted)) compareObjects(path, current, wanted, report);
  else if (Array.isArray(current) && Array.isArray(wanted)) compareLists(path, current, wanted, report);
  else if (current !== wanted) report(path, { kind: "update", inputs: false }, wanted);
}

function compareLists(path: Path, current: readonly Value[], wanted: readonly Value[], report: Report): void {
  for (let index = 0; index < Math.max(current.length, wanted.length); index++)
    compare([...path, index], current[index], wanted[index], report);
}

/** The path as Pulumi writes it: `spec.containers[0].image`, `metadata.labels["app.kubernetes.io/name"]`. */
export function textOf(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    if (/[."[\]]/.test(step)) return `${text}["${step.replaceAll('"', '\\"')}"]`;
    return text === "" ? step : `${text}.${step}`;
  }, "");
}
