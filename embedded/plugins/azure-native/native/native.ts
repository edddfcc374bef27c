/**
 * Resources of Azure as the azure-native plugin has them, which is no bridge to a Terraform provider but speaks to Azure Resource
 * Manager itself. It differs from a bridged plugin:
 * - a resource is its path, and the parts of the path are inputs of which each replaces it (path.ts);
 * - names are the logical name and eight digits, or the logical name alone (names.ts), and locations are the provider's, or the
 *   resource group's;
 * - `check` adds the version of the API to the inputs, and marks with `__createBeforeDelete` what has a random name;
 * - a difference is one of inputs, never of outputs (diff.ts), and a refresh takes over into the inputs what changed (drift.ts);
 * - a preview knows what is given and nothing else (preview.ts), but for the name and the location of what exists.
 *
 * Programs give each resource the types of older versions of the API as aliases, as `azure-native:network/v20240501:Subnet`. The
 * engine finds the resource in the state by them and asks this plugin about the type that the program has now.
 *
 * One is written as its path, its table and what Azure adds:
 *
 * ```ts
 * export const natGateway = native({
 *   path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Network/natGateways/{natGatewayName}",
 *   apiVersion: "2024-05-01",
 *   properties: natGatewayProperties,
 *   references: [refersTo("publicIpAddresses.id", "Microsoft.Network/publicIPAddresses")],
 *   outputsOf: () => ({ provisioningState: "Succeeded" }),
 * });
 * ```
 */
import type { CheckRequest } from "../../provider/questions.ts";
import { InitializationError, type Context, type Resource } from "../../provider/resource.ts";
import { isUnknown, unknown, type Value, type Values } from "../../provider/value.ts";
import { announcement } from "../../cloud/cloud.ts";
import type { Stored } from "../../cloud/store.ts";
import type { Azure } from "../azure.ts";
import { problemOfDeletion, problemOfWriting, resolved, within } from "./arm.ts";
import { failuresOf } from "./check.ts";
import type { Known, Native } from "./description.ts";
import { diff } from "./diff.ts";
import { drifted, settable } from "./drift.ts";
import { isGiven, textOf } from "./given.ts";
import { folderOf, idOf, keyOf, storedAt } from "./identity.ts";
import { defaultName } from "./names.ts";
import { ArmPath, nameOf } from "./path.ts";
import { planned } from "./preview.ts";
import { isSamePlace } from "./properties.ts";
import { outputTable, tableOf } from "./table.ts";

/** What goes with resources, by their folder in the store: one that another takes with it is not asked itself. */
const removals = new Map<string, NonNullable<Native["removed"]>>();

async function remove(stored: Stored, azure: Azure): Promise<void> {
  const id = idOf(stored);
  const { outputs } = stored;
  await removals.get(stored.type)?.(outputs, { id, name: nameOf(id), azure, outputs });
  azure.store.remove(stored.type, stored.id);
}

/** Makes a resource of its description. */
export function native(definition: Native): Resource<Azure> {
  const path = new ArmPath(definition.path);
  const table = tableOf(definition, path);
  const answered = outputTable(definition);
  const type = folderOf(path.type);
  if (definition.removed) removals.set(type, definition.removed);
  const naming = definition.naming ?? (path.isTopLevel ? "random" : "copy");

  return {
    properties: table,

    check(request, { configuration }) {
      const inputs = completed(request, configuration);
      const alone = failuresOf(table, inputs);
      const together = alone.length === 0 ? (definition.validate?.(inputs) ?? []) : [];
      return { inputs, failures: [...alone, ...together.map((reason) => ({ property: "", reason }))] };
    },
    diff: (request) => diff(table, request),
    previewCreate: ({ inputs }) => ({
      ...planned(answered, inputs),
      azureApiVersion: definition.apiVersion,
    }),
    previewUpdate: ({ inputs, outputs }) => ({
      ...planned(answered, inputs),
      azureApiVersion: definition.apiVersion,
      ...pick(outputs, ["name", "location"]),
    }),

    async create({ inputs }, context) {
      const known = knownAs(path.id(inputs, context.configuration.subscriptionId), context.configuration);
      if (await found(known.id, known.azure))
        throw new Error(
          `cannot create already existing resource '${known.id}' (in keelson's embedded stand-in for Azure: ${known.azure.store.fileOf(type, keyOf(known.id))})`,
        );
      if (definition.announces) context.log("info", announcement(known.azure.cloud));
      return { id: known.id, outputs: await write(inputs, known, context) };
    },

    async read({ id, outputs: last, inputs }, { configuration }) {
      const outputs = await found(id, configuration, last);
      if (!outputs) return undefined;
      const now =
        inputs === undefined || last === undefined
          ? { ...settable(answered, outputs), ...imported(id), azureApiVersion: definition.apiVersion }
          : drifted(answered, inputs, last, outputs);
      return { id, outputs, inputs: now };
    },

    async update({ id, inputs, outputs }, context) {
      const known = { ...knownAs(id, context.configuration), outputs };
      if (!storedAt(id, known.azure.store))
        throw new Error(
          `ResourceNotFound: the resource '${id}' was not found; it was deleted by somebody else: refresh the stack`,
        );
      return write(inputs, known, context);
    },

    async delete({ id }, { configuration }) {
      const stored = storedAt(id, configuration.store);
      if (!stored) return;
      const problem = problemOfDeletion(id, configuration, definition.isPart === true);
      if (problem !== undefined) throw new Error(problem);
      const going = definition.isPart ? [stored] : within(id, configuration);
      for (const each of going) await remove(each, configuration);
    },
  };

  /** What there is with this id: in the store, and beside it. */
  async function found(id: string, azure: Azure, last: Values = {}): Promise<Values | undefined> {
    const stored = storedAt(id, azure.store);
    if (!stored) return undefined;
    const outputs = { ...secretsOf(last), ...stored.outputs };
    return definition.observe ? definition.observe(outputs, { ...knownAs(id, azure), outputs }) : outputs;
  }

  /** The inputs with what the plugin fills in. */
  function completed(request: CheckRequest, azure: Azure): Values {
    const given = Object.fromEntries(Object.entries(request.inputs).filter(([, value]) => isGiven(value)));
    const name = path.nameParameter in given ? {} : defaultName(request, naming, path.nameParameter);
    const isMissing = table["location"]?.required === true && !("location" in given);
    const place = isMissing ? locationOf(request, azure) : undefined;
    return {
      azureApiVersion: definition.apiVersion,
      ...given,
      ...name,
      ...(place === undefined ? {} : { location: place }),
    };
  }

  /** Puts the resource into the store, as it is to be. @throws Error in Azure's words for all that cannot be */
  async function write(inputs: Values, known: Known, context: Context<Azure>): Promise<Values> {
    const { azure, id, name } = known;
    const { uses, problems } = resolved(definition.references ?? [], inputs, azure);
    const problem = problemOfWriting(id, azure) ?? problems.join("\n");
    if (problem !== "") throw new Error(problem);
    const judged = problemOfMoving(inputs, known) ?? definition.judge?.(inputs, known);
    if (judged !== undefined) throw new Error(judged);
    const own = Object.entries(inputs).filter(
      ([each]) => !path.parameters.includes(each) && !each.startsWith("__"),
    );
    const outputs = {
      ...Object.fromEntries(own),
      ...(await definition.outputsOf?.(inputs, known)),
      id,
      name,
      type: path.type,
      azureApiVersion: definition.apiVersion,
    };
    azure.store.put({ type, id: keyOf(id), urn: context.urn, outputs: withoutSecrets(outputs), uses });
    try {
      await definition.made?.(outputs, known);
    } catch (error) {
      throw new InitializationError(error instanceof Error ? error.message : String(error), { id, outputs });
    }
    return outputs;
  }

  function knownAs(id: string, azure: Azure): Known {
    return { id, name: nameOf(id), azure, outputs: undefined };
  }

  function imported(id: string): Values {
    const inputs = path.parse(id);
    if (inputs) return inputs;
    throw new Error(`'${id}' is no id of ${path.type}: it has to be as ${definition.path}`);
  }

  function secretsOf(outputs: Values): Values {
    return Object.fromEntries(Object.entries(outputs).filter(([each]) => table[each]?.secret));
  }

  function withoutSecrets(outputs: Values): Values {
    return Object.fromEntries(Object.entries(outputs).filter(([each]) => !table[each]?.secret));
  }
}

/** The old location, the provider's, or the resource group's; what is to be in a group that is not known yet has none known either. */
function locationOf({ oldInputs, inputs }: CheckRequest, azure: Azure): Value | undefined {
  const { location: before } = oldInputs;
  if (isGiven(before)) return before;
  if (azure.location !== undefined) return azure.location;
  const { resourceGroupName: group } = inputs;
  if (!isGiven(group)) return undefined;
  if (isUnknown(group)) return unknown;
  const id = `/subscriptions/${azure.subscriptionId}/resourceGroups/${textOf(group)}`;
  return storedAt(id, azure.store)?.outputs["location"];
}

function problemOfMoving({ location }: Values, { name, outputs }: Known): string | undefined {
  const before = outputs?.["location"];
  return !isGiven(before) || !isGiven(location) || isSamePlace(before, location)
    ? undefined
    : `InvalidResourceLocation: the resource '${name}' already exists in location '${textOf(before)}': it cannot be created in location '${textOf(location)}'`;
}

function pick(values: Values, names: readonly string[]): Values {
  return Object.fromEntries(names.flatMap((name) => (name in values ? [[name, values[name] ?? null]] : [])));
}
