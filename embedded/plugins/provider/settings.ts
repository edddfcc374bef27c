import type { ConfigureRequest } from "@pulumi/pulumi/proto/provider_pb.js";
import type { Provider } from "./resource.ts";
import type { Checked } from "./questions.ts";
import type { Value, Values } from "./value.ts";
import { check } from "./bridge/check.ts";
import { semantics } from "./bridge/semantics.ts";
import { readStruct } from "./wire.ts";

/** Refuses settings of the provider that it could not be configured with; settings it does not know are none of its business. */
export function checkSettings(provider: Provider, urn: string, inputs: Values): Checked {
  const table = provider.settings ?? {};
  const own = Object.fromEntries(
    Object.entries(decodeSettings(provider, inputs)).filter(([name]) => name in table),
  );
  const request = { urn, oldInputs: {}, inputs: own, randomSeed: new Uint8Array() };
  const { failures } = check(table, request, semantics.framework);
  const refused = failures.map(({ property, reason }) => ({
    property,
    reason: `could not validate provider configuration: ${reason}`,
  }));
  return { inputs, failures: [...refused, ...(provider.checkSettings?.(urn, inputs) ?? [])] };
}

/** Settings arrive as arguments of the provider; those that come from the stack's settings alone, as variables too. */
export function settingsOf(provider: Provider, message: ConfigureRequest): Values {
  const prefix = `${provider.name}:config:`;
  const variables = [...message.getVariablesMap().entries()].flatMap(([name, value]) =>
    name.startsWith(prefix) ? [[name.slice(prefix.length), value] as const] : [],
  );
  return decodeSettings(provider, { ...Object.fromEntries(variables), ...readStruct(message.getArgs()) });
}

/** SDKs send settings that are no strings as JSON text. */
export function decodeSettings(provider: Provider, settings: Values): Values {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => {
      const type = provider.settings?.[name]?.type;
      return [name, type !== undefined && type !== "string" ? decoded(value) : value];
    }),
  );
}

function decoded(value: Value): Value {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as Value;
  } catch {
    return value;
  }
}
