import { isUnknown, type Value, type Values } from "../value.ts";
import type { Properties, Property, PropertyType } from "../property.ts";
import type { Definition } from "../resource.ts";
import type { Checked, CheckRequest, Failure } from "../questions.ts";
import { nameOfUrn } from "../urn.ts";
import { autoName } from "./auto-name.ts";
import { defaultOf, withDefaults } from "./defaults.ts";
import { correspondence } from "./match.ts";
import { convertScalar } from "./scalar.ts";
import type { Semantics } from "./semantics.ts";
import { blockOf, elementType, isAbsent, isReserved, listOf, valuesOf } from "./types.ts";

/** Converts and validates the program's inputs, and fills in names and defaults. */
export function check(
  table: Properties,
  request: CheckRequest,
  semantics: Semantics,
  validate?: Definition["validate"],
): Checked {
  const checker = new Checker(request);
  const inputs = checker.block(table, request.inputs, request.oldInputs, "");
  const problem = checker.failures.length === 0 ? validate?.(withDefaults(table, inputs)) : undefined;
  if (problem !== undefined) checker.failures.push({ property: "", reason: problem });
  return { inputs: semantics.defaultsInInputs ? inputs : request.inputs, failures: checker.failures };
}

class Checker {
  readonly failures: Failure[] = [];
  readonly #request: CheckRequest;

  constructor(request: CheckRequest) {
    this.#request = request;
  }

  block(table: Properties, values: Values, old: Values, path: string): Values {
    const given = Object.entries(values).filter(([name, value]) => !isReserved(name) && !isAbsent(value));
    const result: Record<string, Value> = {};
    for (const [name, value] of given) result[name] = this.#given(table[name], value, old[name], path + name);
    this.#requireAll(table, result, path);
    this.#refuseConflicts(table, result, path);
    const defaults = this.#defaults(table, result, old);
    return { ...result, ...defaults, __defaults: Object.keys(defaults).toSorted() };
  }

  #given(property: Property | undefined, value: Value, old: Value | undefined, path: string): Value {
    if (!property || property.output) {
      this.#fail(property ? "Value for unconfigurable attribute" : "Invalid or unknown key", path);
      return value;
    }
    const converted = this.#convert(property.type, value, old, path);
    const problem = isUnknown(converted) ? undefined : property.validate?.(converted);
    if (problem !== undefined) this.#fail(problem, path);
    return converted;
  }

  #convert(type: PropertyType, value: Value, old: Value | undefined, path: string): Value {
    if (isUnknown(value) || value === null) return value;
    if (typeof type === "string") return this.#scalar(type, value, path);
    const block = blockOf(type);
    const element = elementType(type);
    if (block || "map" in type) {
      if (typeof value !== "object" || Array.isArray(value)) return this.#mismatch("an object", value, path);
      if (block) return this.block(block, valuesOf(value), valuesOf(old), `${path}.`);
    }
    if (element === undefined) return value;
    if ("map" in type)
      return Object.fromEntries(
        Object.entries(valuesOf(value)).map(([name, each]) => [
          name,
          this.#convert(element, each, undefined, `${path}.${name}`),
        ]),
      );
    const elements = Array.isArray(value) ? listOf(value) : [value];
    const before = correspondence(type, elements, listOf(old));
    return elements.map((each, index) => this.#convert(element, each, before(index), `${path}[${index}]`));
  }

  #scalar(type: Extract<PropertyType, string>, value: Value, path: string): Value {
    const conversion = convertScalar(type, value);
    if ("value" in conversion) return conversion.value;
    this.#fail(conversion.problem, path);
    return value;
  }

  #mismatch(expected: string, value: Value, path: string): Value {
    this.#fail(`expected ${expected}, got a ${Array.isArray(value) ? "list" : typeof value}`, path);
    return value;
  }

  #requireAll(table: Properties, given: Values, path: string): void {
    for (const [name, property] of Object.entries(table))
      if (property.required && !(name in given))
        this.failures.push({ property: "", reason: `Missing required property '${path}${name}'` });
  }

  #refuseConflicts(table: Properties, given: Values, path: string): void {
    for (const name of Object.keys(given))
      for (const other of table[name]?.conflictsWith ?? [])
        if (other in given)
          this.#fail(
            `Conflicting configuration arguments. "${path}${name}" conflicts with ${other}`,
            path + name,
          );
  }

  /** What was filled in last time stays, so that a name is made up once. */
  #defaults(table: Properties, given: Values, old: Values): Values {
    const filledBefore = old["__defaults"] === undefined ? undefined : listOf(old["__defaults"]);
    const defaults: Record<string, Value> = {};
    for (const [name, property] of Object.entries(table)) {
      if (name in given || conflicts(table, name, given)) continue;
      const before = filledBefore === undefined || filledBefore.includes(name) ? old[name] : undefined;
      const value = isAbsent(before) ? this.#freshDefault(property, given) : before;
      if ((property.autoName || property.default !== undefined) && !isAbsent(value)) defaults[name] = value;
    }
    return defaults;
  }

  /** Defaults that equal the zero of their type stay out of the inputs; the plan of the resource has them. */
  #freshDefault(property: Property, given: Values): Value | undefined {
    if (property.autoName) return autoName(this.#request);
    const value = defaultOf(property, given);
    return value === false || value === 0 || value === "" ? undefined : value;
  }

  /** The message is for the user: a failure that names the property is shown without it. */
  #fail(problem: string, path: string): void {
    const reason = `${problem}. Examine values at '${nameOfUrn(this.#request.urn)}.${path}'.`;
    this.failures.push({ property: "", reason });
  }
}

function conflicts(table: Properties, name: string, given: Values): boolean {
  return (
    table[name]?.conflictsWith?.some((other) => other in given) === true ||
    Object.keys(given).some((other) => table[other]?.conflictsWith?.includes(name))
  );
}
