import type { Properties, Property, PropertyType } from "./property.ts";
import type { Provider } from "./resource.ts";

/** JSON as `pulumi package get-schema` prints it; `pulumi import` writes programs from it. */
type Schema = Readonly<Record<string, unknown>>;

/** The provider's package schema, made from its tables. Nested blocks become types named after where they are. */
export function packageSchema(provider: Provider): Schema {
  const types: Record<string, Schema> = {};
  const describe = (table: Properties, owner: string): Schema =>
    Object.fromEntries(
      Object.entries(table)
        .filter(([name]) => name !== "id")
        .map(([name, property]) => [name, describeProperty(property, owner + capitalized(name))]),
    );
  const describeProperty = (property: Property, owner: string): Schema => ({
    ...typeOf(property.type, owner),
    ...(property.secret ? { secret: true } : {}),
    ...(property.replaces ? { willReplaceOnChanges: true } : {}),
  });
  const typeOf = (type: PropertyType, owner: string): Schema => {
    if (typeof type === "string") return { type };
    if ("list" in type) return { type: "array", items: typeOf(type.list, owner) };
    if ("set" in type) return { type: "array", items: typeOf(type.set, owner) };
    if ("map" in type) return { type: "object", additionalProperties: typeOf(type.map, owner) };
    const token = `${provider.name}:index/${owner}:${owner}`;
    types[token] = {
      type: "object",
      properties: describe(type.object, owner),
      required: required(type.object),
    };
    return { $ref: `#/types/${token}` };
  };
  const entries = <Each>(
    each: Readonly<Record<string, Each>> | undefined,
    entry: (token: string, value: Each) => Schema,
  ) => Object.fromEntries(Object.entries(each ?? {}).map(([token, value]) => [token, entry(token, value)]));

  const resources = entries(provider.resources, (token, { properties = {} }) => ({
    properties: describe(properties, typeName(token)),
    inputProperties: describe(inputsOf(properties), typeName(token)),
    requiredInputs: required(properties),
  }));
  const functions = entries(provider.functions, (token, { inputs, outputs }) => ({
    inputs: { type: "object", properties: describe(inputs, typeName(token)), required: required(inputs) },
    outputs: { type: "object", properties: describe(outputs, typeName(token)) },
  }));
  const variables = describe(provider.settings ?? {}, "Provider");
  return {
    name: provider.name,
    version: provider.version,
    config: { variables },
    provider: { inputProperties: variables },
    resources,
    functions,
    types,
  };
}

function typeName(token: string): string {
  return capitalized(token.slice(token.lastIndexOf(":") + 1));
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function inputsOf(table: Properties): Properties {
  return Object.fromEntries(Object.entries(table).filter(([, { output }]) => !output));
}

function required(table: Properties): readonly string[] {
  return Object.keys(table).filter((name) => table[name]?.required === true);
}
