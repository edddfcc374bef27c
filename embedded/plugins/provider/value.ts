/** Plain JSON, as the engine sends and stores the properties of a resource. Never a secret's wrapper: the server unwraps. */
export type Value = null | boolean | number | string | readonly Value[] | Values;

/** Properties by name, in Pulumi's spelling (camelCase). */
export interface Values {
  readonly [name: string]: Value;
}

/**
 * Stands for a value that is not known before the update runs. Appears only in `check`, `diff` and previews; operations
 * that touch the world never see it.
 */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isUnknown(value: Value | undefined): boolean {
  return value === unknown;
}

export function isValues(value: Value | undefined): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether the value, or anything inside it, is unknown. */
export function hasUnknown(value: Value | undefined): boolean {
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isValues(value) ? Object.values(value).some(hasUnknown) : isUnknown(value);
}
