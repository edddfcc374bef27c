import { InitializationError, type Context } from "../../provider/resource.ts";
import type { Values } from "../../provider/value.ts";
import { annotations } from "../annotations.ts";
import { hasReason, isNotFound } from "../api/errors.ts";
import { annotationOf, type Reference } from "../api/object.ts";
import { awaitDeleted } from "../await/index.ts";
import type { Cluster } from "../config/cluster.ts";
import { readCheckpoint, writeCheckpoint, type Checkpoint } from "../model/checkpoint.ts";
import { isPatch, kindOf } from "../model/kinds.ts";
import { idOf } from "../model/metadata.ts";
import { NotReadyError } from "../readiness.ts";
import { relinquish } from "./apply.ts";
import { fieldManager } from "./field-manager.ts";
import { removeRendered } from "./render.ts";
import { awaitContext, referenceOf, requestOptions, wholeObject } from "./surroundings.ts";

export interface DeleteRequest {
  readonly outputs: Values;
}

const unreachable =
  "configured Kubernetes cluster is unreachable: if the cluster was deleted, run the operation again with PULUMI_K8S_DELETE_UNREACHABLE=true, which removes its resources from the state";

/** Deletes the object, and waits until it is gone with all that depends on it. What is gone already is no error. */
export async function remove({ outputs }: DeleteRequest, context: Context<Cluster>): Promise<void> {
  const { configuration: cluster, log, urn } = context;
  const before = readCheckpoint(outputs);
  const kind = kindOf(urn, before.live);
  if (cluster.settings.renderYamlToDirectory !== undefined) return removeRendered(kind, before.live, context);
  if (cluster.unreachable !== undefined) {
    log("warning", `configured Kubernetes cluster is unreachable: ${cluster.unreachable}`);
    if (cluster.settings.deleteUnreachable) return;
    throw new Error(unreachable);
  }
  const reference = referenceOf(kind, before.live);
  try {
    if (cluster.settings.enableServerSideApply && isPatch(urn, kind)) await leave(reference, before, context);
    else await removeObject(reference, before, context);
  } catch (error) {
    if (isNotFound(error)) return;
    if (error instanceof NotReadyError) throw stillThere(error, outputs, before, context);
    throw error;
  }
}

async function removeObject(
  reference: Reference,
  before: Checkpoint,
  context: Context<Cluster>,
): Promise<void> {
  const live = wholeObject(reference, before.live);
  await context.configuration.client.delete(
    reference,
    propagationPolicy(before.inputs),
    requestOptions(context),
  );
  const inputs = wholeObject(reference, before.inputs);
  await awaitDeleted({ ...awaitContext(context, inputs, live), reference });
}

const policies: Readonly<Record<string, "Background" | "Orphan">> = {
  background: "Background",
  orphan: "Orphan",
};

/** By default the object stays until what depends on it is gone: nothing of it runs on once it counts as deleted. */
function propagationPolicy(inputs: Values): "Foreground" | "Background" | "Orphan" {
  const wanted = annotationOf(inputs, annotations.deletionPropagationPolicy)?.toLowerCase() ?? "";
  return policies[wanted] ?? "Foreground";
}

/** Of a Patch resource only its fields go; the object is others'. */
async function leave(reference: Reference, before: Checkpoint, context: Context<Cluster>): Promise<void> {
  const manager = fieldManager(before.inputs, before.fieldManager, context.configuration.settings);
  try {
    await relinquish(reference, manager, context);
  } catch (error) {
    if (!hasReason(error, "Invalid") || !error.message.includes("Required value")) throw error;
    throw new Error(
      `this Patch resource manages a field that the object cannot do without: set \`retainOnDelete\`, or let somebody else manage the field first: ${error.message}`,
      { cause: error },
    );
  }
}

function stillThere(
  error: NotReadyError,
  outputs: Values,
  before: Checkpoint,
  { configuration: { settings } }: Context<Cluster>,
): InitializationError {
  const manager = fieldManager(before.inputs, before.fieldManager, settings);
  const state = writeCheckpoint({ ...before, live: error.live, fieldManager: manager }, outputs);
  return new InitializationError(error.message, { id: idOf(error.live), outputs: state }, error.reasons);
}
