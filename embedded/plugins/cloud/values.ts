/** Reads what the store knows, whose files anybody may have edited. */
import type { Value } from "../provider/value.ts";

/** A text; an empty one for anything else. */
export function text(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}

/** The texts of a list; none for anything else. */
export function texts(value: Value | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
