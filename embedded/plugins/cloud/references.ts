import type { Value, Values } from "../provider/value.ts";
import { isValues } from "../provider/value.ts";
import type { CloudStore, Stored, Use } from "./store.ts";

/** An input whose value must name something that exists. */
export interface Reference {
  /** Where the value stands: `vpcId`, `vpcConfig.subnetIds`. Each element of a list on the way is looked at. */
  readonly at: string;
  /** The type that it names, by its folder in the store; of several, any will do. */
  readonly to: string | readonly string[];
  /** Which output of that type the value is. @defaultValue "id" */
  readonly by?: string;
  /** `false`: the cloud deletes what is referred to without a word. @defaultValue true */
  readonly holds?: false;
  /** What a value refers to, where it says more than that: the account in `serviceAccount:EMAIL`; nothing if it refers to nothing. */
  readonly names?: (value: string) => string | undefined;
}

/** A reference to what is not there. */
export interface Missing {
  readonly reference: Reference;
  readonly value: string;
  /** What there is of the type. */
  readonly present: readonly Stored[];
}

/** What the inputs refer to, and what of it is not there. */
export function resolve(
  references: readonly Reference[],
  inputs: Values,
  store: CloudStore,
): { readonly uses: readonly Use[]; readonly missing: readonly Missing[] } {
  const uses: Use[] = [];
  const missing: Missing[] = [];
  for (const reference of references) {
    const { to, by = "id", holds = true, names = (value) => value } = reference;
    const types = typeof to === "string" ? [to] : to;
    for (const given of valuesAt(inputs, reference.at.split("."))) {
      const value = names(given);
      if (value === undefined) continue;
      const found = types.map((type) => store.find(type, by, value)).find((each) => each);
      if (found) uses.push({ type: found.type, id: found.id, holds });
      else missing.push({ reference, value, present: types.flatMap((type) => store.all(type)) });
    }
  }
  return { uses, missing };
}

/** Texts at a path; lists and their elements are on no path of their own. */
export function valuesAt(value: Value | undefined, path: readonly string[]): readonly string[] {
  if (Array.isArray(value)) {
    const elements: readonly Value[] = value;
    return elements.flatMap((each) => valuesAt(each, path));
  }
  const [name, ...rest] = path;
  if (name === undefined) return typeof value === "string" && value !== "" ? [value] : [];
  return isValues(value) ? valuesAt(value[name], rest) : [];
}
