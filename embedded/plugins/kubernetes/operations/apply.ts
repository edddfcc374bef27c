/** How the program's wishes get into an object that is there. */
import type { Context } from "../../provider/resource.ts";
import { isValues, type Value, type Values } from "../../provider/value.ts";
import { annotations } from "../annotations.ts";
import type { Client, Options, Patch, WriteOptions } from "../api/client.ts";
import { hasReason } from "../api/errors.ts";
import {
  isAnnotated,
  referenceTo,
  type KubernetesObject,
  type ManagedFields,
  type Reference,
} from "../api/object.ts";
import type { Cluster } from "../config/cluster.ts";
import { parsePath } from "../diff/ignored.ts";
import { valueAt, withValueAt } from "../model/at-path.ts";
import type { Checkpoint } from "../model/checkpoint.ts";
import { isDefinition, isPatch } from "../model/kinds.ts";
import { explainedConflict } from "./conflict.ts";
import { isPredecessor, takenOver } from "./field-manager.ts";
import { requestOptions } from "./surroundings.ts";

export interface Application {
  readonly inputs: KubernetesObject;
  readonly before: Checkpoint;
  /** The object as the API server has it now. */
  readonly live: KubernetesObject;
  readonly manager: string;
  readonly ignoreChanges: readonly string[];
  readonly dryRun: boolean;
}

export async function apply(application: Application, context: Context<Cluster>): Promise<KubernetesObject> {
  const { client, settings } = context.configuration;
  const { inputs, live, manager, dryRun } = application;
  const options = { ...requestOptions(context), fieldManager: manager, dryRun };
  const reference = referenceTo(live);
  if (isDefinition(inputs))
    return onLatest(live, client, options, (seen) =>
      client.replace(reference, withVersionOf(seen, inputs), options),
    );
  if (!settings.enableServerSideApply) {
    const body = mergePatch(application.before.inputs, withLiveValues(application));
    return client.patch(reference, { type: "merge", body }, options);
  }
  const current =
    dryRun || isPatch(context.urn, inputs) ? live : await takeOver(live, manager, options, context);
  const body = withoutIgnored({ ...application, live: current });
  const patch = { type: "apply", body, force: isForced(application, context) } as const;
  try {
    return await client.patch(reference, patch, options);
  } catch (error) {
    throw explainedConflict(error, manager);
  }
}

/** Sets nothing any more under the manager's name: fields that nobody else manages go. */
export async function relinquish(
  reference: Reference,
  manager: string,
  context: Context<Cluster>,
): Promise<void> {
  const { apiVersion, kind, name, namespace } = reference;
  const body = { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } };
  await context.configuration.client.patch(
    reference,
    { type: "apply", body, force: false },
    { ...requestOptions(context), fieldManager: manager },
  );
}

/** A definition is replaced whole, which the API server allows for the version that was seen only. */
function withVersionOf(live: KubernetesObject, inputs: KubernetesObject): KubernetesObject {
  const { resourceVersion } = live.metadata;
  return {
    ...inputs,
    metadata: { ...inputs.metadata, ...(resourceVersion === undefined ? {} : { resourceVersion }) },
  };
}

/** Makes fields the manager's own that are its predecessors', e.g. of the creation: else an apply would conflict with them, or leave them. */
async function takeOver(
  live: KubernetesObject,
  manager: string,
  options: WriteOptions,
  { configuration: { client } }: Context<Cluster>,
): Promise<KubernetesObject> {
  return onLatest(live, client, options, async (current) => {
    const entries = takenOver(current.metadata.managedFields ?? [], manager);
    return entries ? client.patch(referenceTo(current), ownershipOf(current, entries), options) : current;
  });
}

function ownershipOf(live: KubernetesObject, entries: readonly ManagedFields[]): Patch {
  const body = [
    { op: "replace", path: "/metadata/managedFields", value: entries as unknown as Value },
    { op: "replace", path: "/metadata/resourceVersion", value: live.metadata.resourceVersion ?? "" },
  ];
  return { type: "json", body };
}

const attempts = 5;

/** Makes a change that holds for one version of the object only; controllers may be faster, then it is made to the version that is there. */
async function onLatest(
  live: KubernetesObject,
  client: Client,
  options: Options,
  change: (current: KubernetesObject) => Promise<KubernetesObject>,
): Promise<KubernetesObject> {
  let current = live;
  for (let attempt = 1; ; attempt++) {
    try {
      return await change(current);
    } catch (error) {
      if (!hasReason(error, "Conflict") || attempt === attempts) throw error;
      current = await client.get(referenceTo(live), options);
    }
  }
}

function isForced(
  { inputs, live, dryRun }: Application,
  { configuration: { settings } }: Context<Cluster>,
): boolean {
  const entries = live.metadata.managedFields ?? [];
  // Before an update that is carried out those fields are taken over; a preview changes nothing, and must not stumble over them.
  const isTakenOverLater = dryRun && entries.some(isPredecessor);
  return (
    isAnnotated(inputs, annotations.patchForce) ||
    settings.enablePatchForce ||
    isTakenOverLater ||
    entries.length === 0
  );
}

/** What the program ignores stays as it is: managed by somebody else it is not named at all, else with the value that it has. */
function withoutIgnored({ inputs, live, manager, ignoreChanges }: Application): Values {
  return ignoreChanges.map(parsePath).reduce<Values>((wishes, path) => {
    if (path.includes("*")) return wishes;
    const entries = live.metadata.managedFields ?? [];
    const isManaged = (isMine: boolean): boolean =>
      entries.some((entry) => (entry.manager === manager) === isMine && hasField(entry.fieldsV1, path));
    if (isManaged(false) && !isManaged(true)) return withValueAt(wishes, path, undefined);
    const value = valueAt(live, path);
    return value === undefined ? wishes : withValueAt(wishes, path, value);
  }, inputs);
}

function hasField(fields: Values, path: readonly (string | number)[]): boolean {
  return (
    valueAt(
      fields,
      path.map((step) => `f:${step}`),
    ) !== undefined
  );
}

function withLiveValues({ inputs, live, ignoreChanges }: Application): Values {
  return ignoreChanges.map(parsePath).reduce<Values>((wishes, path) => {
    const value = path.includes("*") ? undefined : valueAt(live, path);
    return value === undefined ? wishes : withValueAt(wishes, path, value);
  }, inputs);
}

/** All wishes, and nothing in place of what is no longer wished for (RFC 7386). */
function mergePatch(before: Values, wishes: Values): Values {
  const removed = Object.keys(before).filter((name) => !(name in wishes));
  const kept = Object.entries(wishes).map(([name, value]): [string, Value] => {
    const old = before[name];
    return [name, isValues(old) && isValues(value) ? mergePatch(old, value) : value];
  });
  return { ...Object.fromEntries(removed.map((name) => [name, null])), ...Object.fromEntries(kept) };
}
