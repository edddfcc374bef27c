import { isUnknown, unknown, type Value, type Values } from "../value.ts";
import type { Properties, Property, PropertyType } from "../property.ts";
import { defaultOf } from "./defaults.ts";
import type { Definition } from "../resource.ts";
import { canonical } from "./equality.ts";
import type { Semantics } from "./semantics.ts";
import { blockOf, elementType, isAbsent, isBlockList, isSet, listOf, valuesOf } from "./types.ts";

/**
 * The state that an update would lead to, as far as it is known before: the wanted values, the defaults, and for what the
 * provider computes the stored value, or `unknown` where there is none yet. A stored value that means the same as the wanted one
 * stays as it is stored.
 */
export function plan(
  table: Properties,
  stored: Values | undefined,
  inputs: Values,
  semantics: Semantics,
): Values {
  return new Planner(semantics, stored === undefined).block(table, stored ?? {}, inputs);
}

/** The plan of a resource, with what its definition has to say about it. */
export function planOf(
  { properties, amendPlan }: Pick<Definition, "properties" | "amendPlan">,
  stored: Values | undefined,
  inputs: Values,
  semantics: Semantics,
): Values {
  const planned = plan(properties, stored, inputs, semantics);
  return amendPlan ? amendPlan(planned, stored) : planned;
}

class Planner {
  readonly #semantics: Semantics;
  readonly #creates: boolean;

  constructor(semantics: Semantics, creates: boolean) {
    this.#semantics = semantics;
    this.#creates = creates;
  }

  /** `inSet`: the block is an element of a set, where the SDK writes what is absent as the zero of texts and lists. */
  block(table: Properties, stored: Values, inputs: Values, inSet = false): Values {
    return Object.fromEntries(
      Object.entries(table).map(([name, property]) => {
        const given = inputs[name] ?? defaultOf(property, inputs) ?? null;
        return [name, this.#property(property, stored[name] ?? null, given, inSet)];
      }),
    );
  }

  #property(property: Property, stored: Value, given: Value, inSet: boolean): Value {
    if (isUnknown(given)) return given;
    if (this.#isComputed(property, given)) return this.#computed(property.type, stored);
    if (!this.#creates && this.#same(property.type, stored, given)) return stored;
    const planned = isAbsent(given)
      ? this.#absent(property.type, inSet)
      : this.#value(property.type, stored, given);
    if (this.#creates) return planned;
    return this.#same(property.type, stored, planned) || property.suppress?.(stored, planned)
      ? stored
      : planned;
  }

  #isComputed(property: Property, given: Value): boolean {
    if (property.output) return true;
    if (property.computed !== true) return false;
    return isAbsent(given) || (this.#semantics.absentIsZero && given === "");
  }

  /** A stored list of nothing has been computed; a list that was never stored is still to be. */
  #computed(type: PropertyType, stored: Value): Value {
    if (!isAbsent(stored)) return stored;
    const isCollection = typeof type === "object" && ("list" in type || "set" in type);
    return this.#creates || isCollection ? unknown : stored;
  }

  #value(type: PropertyType, stored: Value, wanted: Value): Value {
    if (isUnknown(wanted)) return wanted;
    const block = blockOf(type);
    if (block) return this.block(block, valuesOf(stored), valuesOf(wanted));
    const element = typeof type === "object" && !("map" in type) ? elementType(type) : undefined;
    if (element === undefined) return wanted;
    const member = blockOf(element);
    if (isSet(type) && member)
      return listOf(wanted).map((each) =>
        isUnknown(each) ? each : this.block(member, {}, valuesOf(each), true),
      );
    const before = isSet(type) ? [] : listOf(stored);
    return listOf(wanted).map((each, index) => this.#value(element, before[index] ?? null, each));
  }

  #absent(type: PropertyType, inSet: boolean): Value {
    if (isBlockList(type)) return [];
    if (!inSet || !this.#semantics.absentIsZero) return null;
    if (type === "string") return "";
    return typeof type === "object" && ("list" in type || "set" in type) ? [] : null;
  }

  #same(type: PropertyType, one: Value, other: Value): boolean {
    const { absentIsZero } = this.#semantics;
    return canonical(type, one, absentIsZero) === canonical(type, other, absentIsZero);
  }
}
