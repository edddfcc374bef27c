import { Mendable } from "../mendable.ts";

/**
 * A name that a table has.
 *
 * @throws Mendable with those that it has, for any other
 */
export function known<Name extends string>(
  table: Readonly<Record<Name, unknown>>,
  kind: string,
  name: string,
): Name {
  if (Object.hasOwn(table, name)) return name as Name;
  throw new Mendable(`"${name}" is no ${kind}`, `there are: ${Object.keys(table).join(", ")}`);
}
