import { UnknownValueError } from "@pulumi/policy";

/** Stands for a value that a resource does not tell: computed during the deployment, or set outside the resource. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/**
 * A value, or the statement that it is not known. Rules judge what is known and let the rest pass: the update asks the
 * rules again with the values that the preview could not know.
 */
export type Told<T> = T | typeof UNKNOWN;

/** What lies at `path` inside a resource's properties; `undefined` where there is nothing. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(step, value);
}

/** A text; numbers and booleans are texts too, as they are for Docker and for YAML. */
export function text(value: unknown): Told<string> | undefined {
  if (value === UNKNOWN) return UNKNOWN;
  return ["string", "number", "boolean"].includes(typeof value) ? String(value) : undefined;
}

/** A switch; `absent` is the meaning of leaving it out. */
export function flag(value: unknown, absent: boolean): Told<boolean> {
  if (value === UNKNOWN) return UNKNOWN;
  return typeof value === "boolean" ? value : absent;
}

/** A list; one that is not known is a list of one thing that is not known. */
export function list(value: unknown): readonly unknown[] {
  if (value === UNKNOWN) return [UNKNOWN];
  return Array.isArray(value) ? Array.from(value.keys(), (index) => step(value, `${index}`)) : [];
}

/** The texts of a list. */
export function texts(value: unknown): readonly Told<string>[] {
  return list(value).flatMap((each) => text(each) ?? []);
}

/** The entries of a map; none of one that is not known. */
export function entries(value: unknown): readonly (readonly [string, unknown])[] {
  if (!isObject(value) || Array.isArray(value)) return [];
  return Object.keys(value).map((key) => [key, step(value, key)]);
}

/** Whether a list has a member that fits: yes, no, or not to be told because a member is not known. */
export function some<T>(members: readonly Told<T>[], fits: (member: T) => boolean): Told<boolean> {
  if (members.some((member) => member !== UNKNOWN && fits(member))) return true;
  return members.includes(UNKNOWN) ? UNKNOWN : false;
}

/** The opposite; what is not known stays so. */
export function not(value: Told<boolean>): Told<boolean> {
  return value === UNKNOWN ? UNKNOWN : !value;
}

/** Whether something is there at all. */
export function given(value: unknown): Told<boolean> {
  return value === UNKNOWN ? UNKNOWN : value !== undefined;
}

/** The members that are known. */
export function known<T>(members: readonly Told<T>[]): readonly T[] {
  return members.filter((member): member is T => member !== UNKNOWN);
}

/** Reading a value that is not known yet throws: the analyzer hands out properties behind a proxy that does so. */
function step(value: unknown, key: string): unknown {
  if (value === UNKNOWN) return UNKNOWN;
  if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
  try {
    return value[key] ?? undefined;
  } catch (error) {
    if (error instanceof UnknownValueError) return UNKNOWN;
    throw error;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
