import type { Value } from "../../provider/value.ts";

/** Whether a program gives a value: `null` is none. */
export function isGiven(value: Value | undefined): value is Exclude<Value, null> {
  return value !== undefined && value !== null;
}

/** A text, or nothing of it where there is none. */
export function textOf(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}

/** The texts of a list. */
export function textsOf(value: Value | undefined): readonly string[] {
  const elements: readonly Value[] = Array.isArray(value) ? value : [];
  return elements.filter((each) => typeof each === "string");
}
