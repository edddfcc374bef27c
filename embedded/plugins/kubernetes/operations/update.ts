import { InitializationError, type Context } from "../../provider/resource.ts";
import { hasUnknown, type Values } from "../../provider/value.ts";
import { hasReason, UnknownKindError } from "../api/errors.ts";
import { referenceTo, type KubernetesObject, type Reference } from "../api/object.ts";
import { awaitReady } from "../await/index.ts";
import type { Cluster } from "../config/cluster.ts";
import { objectOf, readCheckpoint, writeCheckpoint, type Checkpoint } from "../model/checkpoint.ts";
import { isServed, kindOf } from "../model/kinds.ts";
import { idOf } from "../model/metadata.ts";
import { normalized } from "../model/normalize.ts";
import { NotReadyError } from "../readiness.ts";
import { apply, relinquish } from "./apply.ts";
import { fieldManager } from "./field-manager.ts";
import { render } from "./render.ts";
import { awaitContext, referenceOf, requestOptions, wholeObject } from "./surroundings.ts";

export interface UpdateRequest {
  readonly inputs: Values;
  readonly outputs: Values;
  readonly ignoreChanges?: readonly string[];
}

interface Change {
  readonly given: Values;
  readonly inputs: KubernetesObject;
  readonly before: Checkpoint;
  readonly reference: Reference;
  readonly manager: string;
  readonly ignoreChanges: readonly string[];
}

/** What an update will lead to, as the API server answers when it is asked without keeping the result. */
export async function previewUpdate(request: UpdateRequest, context: Context<Cluster>): Promise<Values> {
  const { configuration: cluster, urn } = context;
  const inputs = normalized(objectOf(request.inputs));
  if (cluster.settings.renderYamlToDirectory !== undefined || hasUnknown(inputs)) return request.inputs;
  if (!(await isServed(kindOf(urn, inputs), cluster))) return request.inputs;
  const change = changeOf(request, context);
  try {
    const { client } = cluster;
    const live = await client.get(change.reference, { signal: context.signal });
    return checkpoint(change, await apply({ ...change, live, dryRun: true }, context));
  } catch (error) {
    if (hasReason(error, "Forbidden")) return request.inputs;
    throw failed(error, change);
  }
}

/** Changes the object in place and waits until it is ready again. */
export async function update(request: UpdateRequest, context: Context<Cluster>): Promise<Values> {
  const change = changeOf(request, context);
  if (context.configuration.settings.renderYamlToDirectory !== undefined) {
    render(change.inputs, context);
    return checkpoint(change, change.inputs);
  }
  try {
    const live = await changed(change, context);
    await relinquishOld(change, live, context);
    return checkpoint(change, live);
  } catch (error) {
    if (error instanceof UnknownKindError)
      throw new Error(
        `update of resource "${context.urn}" failed because the Kubernetes API server reported that the apiVersion for this resource does not exist: is the CustomResourceDefinition that it needs there? ${error.message}`,
        { cause: error },
      );
    const live = await stateAfter(error, change, context);
    throw new InitializationError(
      failed(error, change).message,
      { id: idOf(live), outputs: checkpoint(change, live) },
      error instanceof NotReadyError ? error.reasons : [],
    );
  }
}

function changeOf(request: UpdateRequest, { configuration: cluster, urn }: Context<Cluster>): Change {
  const values = normalized(objectOf(request.inputs));
  const inputs = wholeObject(kindOf(urn, values), values);
  const before = readCheckpoint(request.outputs);
  return {
    given: request.inputs,
    inputs,
    before,
    reference: referenceOf(inputs, before.live),
    manager: fieldManager(inputs, before.fieldManager, cluster.settings),
    ignoreChanges: request.ignoreChanges ?? [],
  };
}

async function changed(change: Change, context: Context<Cluster>): Promise<KubernetesObject> {
  const { client } = context.configuration;
  const live = await client.get(change.reference, requestOptions(context));
  const made = await apply({ ...change, live, dryRun: false }, context);
  return awaitReady({ ...awaitContext(context, change.inputs, made), before: live });
}

/** A resource that is given another manager leaves the fields to it. */
async function relinquishOld(
  { before, manager }: Change,
  live: KubernetesObject,
  context: Context<Cluster>,
): Promise<void> {
  if (!context.configuration.settings.enableServerSideApply) return;
  const old = fieldManager(before.inputs, before.fieldManager, context.configuration.settings);
  if (old !== manager) await relinquish(referenceTo(live), old, context);
}

/** What the state is to say after a failure: the object as it is now, whatever of the change came about. */
async function stateAfter(
  error: unknown,
  { reference }: Change,
  { configuration: cluster, urn }: Context<Cluster>,
): Promise<KubernetesObject> {
  if (error instanceof NotReadyError) return error.live;
  try {
    return await cluster.client.get(reference);
  } catch (getError) {
    throw new Error(
      `update of resource "${urn}" failed: ${messageOf(error)}\nunable to get cluster state: ${messageOf(getError)}`,
      { cause: getError },
    );
  }
}

function failed(error: unknown, { reference }: Change): Error {
  const id = reference.namespace === undefined ? reference.name : `${reference.namespace}/${reference.name}`;
  return new Error(
    `the Kubernetes API server reported that "${id}" failed to fully initialize or become live: ${messageOf(error)}`,
    { cause: error },
  );
}

function checkpoint({ given, inputs, before, manager }: Change, live: Values): Values {
  const initialApiVersion = before.initialApiVersion ?? inputs.apiVersion;
  return writeCheckpoint({ inputs, live, fieldManager: manager, initialApiVersion }, given);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
