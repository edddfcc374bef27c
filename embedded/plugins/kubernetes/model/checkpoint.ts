/**
 * The state that is kept of an object: the object as the API server has it, and beside it `__inputs` (what the program asked for last),
 * `__fieldManager` and `__initialApiVersion`. It is the official plugin's form: either plugin goes on from the other's state.
 */
import { revealed } from "../../provider/wire.ts";
import { isValues, type Value, type Values } from "../../provider/value.ts";
import { withSecretsOf } from "./secrets.ts";

export interface Checkpoint {
  readonly inputs: Values;
  readonly live: Values;
  readonly fieldManager: string | undefined;
  readonly initialApiVersion: string | undefined;
}

/** Fields of CustomResourceDefinitions that are no names in most languages: SDKs write them with underscores. */
const dashed = [
  "x-kubernetes-embedded-resource",
  "x-kubernetes-int-or-string",
  "x-kubernetes-list-map-keys",
  "x-kubernetes-list-type",
  "x-kubernetes-map-type",
  "x-kubernetes-preserve-unknown-fields",
  "x-kubernetes-validations",
] as const;
const toUnderscores = new Map<string, string>(dashed.map((name) => [name, name.replaceAll("-", "_")]));
const toDashes = new Map<string, string>(dashed.map((name) => [name.replaceAll("-", "_"), name]));

/** What the program gives, as the API is told it: without marks of secrets, names as they are. */
export function objectOf(values: Values): Values {
  return renamed(revealed(values), toDashes);
}

export function readCheckpoint(state: Values): Checkpoint {
  const {
    __inputs: inputs,
    __fieldManager: fieldManager,
    __initialApiVersion: initialApiVersion,
    ...live
  } = objectOf(state);
  return {
    inputs: isValues(inputs) ? inputs : {},
    live,
    fieldManager: typeof fieldManager === "string" ? fieldManager : undefined,
    initialApiVersion: typeof initialApiVersion === "string" ? initialApiVersion : undefined,
  };
}

/**
 * @param given the program's inputs with their marks of secrets: what they mark is marked in the state
 */
export function writeCheckpoint(
  checkpoint: Checkpoint & { readonly fieldManager: string },
  given: Values,
): Values {
  return {
    ...withSecretsOf(given, stateOf(withoutManagedFields(checkpoint.live))),
    __inputs: withSecretsOf(given, stateOf(checkpoint.inputs)),
    __initialApiVersion: checkpoint.initialApiVersion ?? "",
    __fieldManager: checkpoint.fieldManager,
  };
}

/** Names as SDKs write them. */
export function stateOf(object: Values): Values {
  return renamed(object, toUnderscores);
}

/** Who set which field is the API server's business: it would change the state with every change by others. */
function withoutManagedFields(live: Values): Values {
  if (!isValues(live["metadata"])) return live;
  const { managedFields: _, ...metadata } = live["metadata"];
  return { ...live, metadata };
}

function renamed(values: Values, names: ReadonlyMap<string, string>): Values {
  const within = (value: Value): Value => {
    if (Array.isArray(value)) return (value as readonly Value[]).map(within);
    return isValues(value) ? renamed(value, names) : value;
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [names.get(name) ?? name, within(value)]),
  );
}
