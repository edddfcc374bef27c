import { setTimeout as sleep } from "node:timers/promises";
import { InitializationError, type Context, type State } from "../../provider/resource.ts";
import { hasUnknown, type Values } from "../../provider/value.ts";
import { annotations } from "../annotations.ts";
import type { WriteOptions } from "../api/client.ts";
import { ApiError, hasReason, isNotFound, UnknownKindError } from "../api/errors.ts";
import { isAnnotated, type KubernetesObject } from "../api/object.ts";
import { awaitReady } from "../await/index.ts";
import type { Cluster } from "../config/cluster.ts";
import { objectOf, writeCheckpoint } from "../model/checkpoint.ts";
import { isPatch, isServed, kindOf } from "../model/kinds.ts";
import { idOf } from "../model/metadata.ts";
import { NotReadyError } from "../readiness.ts";
import { explainedConflict } from "./conflict.ts";
import { commonManager, fieldManager } from "./field-manager.ts";
import { isDryRunRefused } from "./dry-run.ts";
import { renderNew } from "./render.ts";
import { awaitContext, referenceOf, requestOptions, wholeObject } from "./surroundings.ts";

interface Creation {
  readonly given: Values;
  readonly inputs: KubernetesObject;
  readonly manager: string;
}

/** What a creation will lead to, as the API server answers when it is asked without keeping the result. */
export async function previewCreate(
  { inputs: given }: { readonly inputs: Values },
  context: Context<Cluster>,
): Promise<Values> {
  const { configuration: cluster, urn } = context;
  if (cluster.settings.renderYamlToDirectory !== undefined) return given;
  const inputs = objectOf(given);
  const kind = kindOf(urn, inputs);
  const isUncertain = hasUnknown(inputs) || isPatch(urn, kind) || !cluster.settings.enableServerSideApply;
  if (isUncertain || !(await isServed(kind, cluster))) return given;
  const creation = creationOf(given, context);
  try {
    const { status: _, ...planned } = await write(creation, context, { dryRun: true });
    return checkpoint(creation, planned);
  } catch (error) {
    if (isPreviewless(error)) return given;
    throw error;
  }
}

/** Creates the object and waits until it is ready. */
export async function create(
  { inputs: given }: { readonly inputs: Values },
  context: Context<Cluster>,
): Promise<State> {
  const { configuration: cluster, urn, log } = context;
  const creation = creationOf(given, context);
  if (cluster.settings.renderYamlToDirectory !== undefined)
    return renderNew(creation.inputs, checkpoint(creation, creation.inputs), context);
  const made = await persistently(() => write(creation, context, {}), context).catch((error: unknown) => {
    throw refused(error, context);
  });
  log("info", "", { status: true });
  try {
    const live = await awaitReady(awaitContext(context, creation.inputs, made));
    return { id: idOf(live), outputs: checkpoint(creation, live) };
  } catch (error) {
    const live = error instanceof NotReadyError ? error.live : made;
    throw new InitializationError(
      `resource "${urn}" was successfully created, but the Kubernetes API server reported that it failed to fully initialize or become live: ${messageOf(error)}`,
      { id: idOf(live), outputs: checkpoint(creation, live) },
      error instanceof NotReadyError ? error.reasons : [],
    );
  }
}

function creationOf(given: Values, { configuration: cluster, urn }: Context<Cluster>): Creation {
  const inputs = wholeObject(kindOf(urn, objectOf(given)), objectOf(given));
  return { given, inputs, manager: fieldManager(inputs, undefined, cluster.settings) };
}

/** An object that must be new is created; one that may be there already, or whose fields only are managed, is applied. */
async function write(
  { inputs, manager }: Creation,
  context: Context<Cluster>,
  options: WriteOptions,
): Promise<KubernetesObject> {
  const { client, settings } = context.configuration;
  const isApplied =
    settings.enableServerSideApply && (settings.upsertExistingObjects || isPatch(context.urn, inputs));
  const all = { ...requestOptions(context), ...options };
  if (!isApplied) return client.create(inputs, { ...all, fieldManager: commonManager });
  const force =
    settings.enablePatchForce || isAnnotated(inputs, annotations.patchForce) || options.dryRun === true;
  try {
    return await client.patch(
      referenceOf(inputs, inputs),
      { type: "apply", body: inputs, force },
      { ...all, fieldManager: manager },
    );
  } catch (error) {
    throw explainedConflict(error, manager);
  }
}

const attempts = 6;

/** Objects of one program may come before the namespace or the kind that they need: a creation waits for those. */
async function persistently(
  send: () => Promise<KubernetesObject>,
  { log, signal }: Context<Cluster>,
): Promise<KubernetesObject> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      if (!isNotFound(error) || attempt === attempts) throw error;
      log("info", `Retry #${attempt}; creation failed: ${messageOf(error)}`, { status: true });
      await sleep(1000 * 2 ** (attempt - 1), undefined, { signal });
    }
  }
}

function refused(error: unknown, { urn }: Context<Cluster>): Error {
  if (error instanceof UnknownKindError)
    return new Error(
      `creation of resource "${urn}" failed because the Kubernetes API server reported that the apiVersion for this resource does not exist: is the CustomResourceDefinition that it needs there? ${error.message}`,
    );
  const help = hasReason(error, "AlreadyExists")
    ? "; what to do: after a rename give the resource an alias of its old name; to adopt the object run `pulumi import`; to set some of its fields use a Patch resource; to take it over whole set the provider's `upsertExistingObjects`"
    : "";
  return new Error(
    `resource "${urn}" was not successfully created by the Kubernetes API server: ${messageOf(error)}${help}`,
    { cause: error },
  );
}

/** Refusals that say nothing of the creation itself: it may come after what it needs, or in place of what is there now. */
function isPreviewless(error: unknown): boolean {
  return (
    isNotFound(error) ||
    isDryRunRefused(error) ||
    hasReason(error, "Forbidden") ||
    (error instanceof ApiError && hasReason(error, "AlreadyExists"))
  );
}

function checkpoint({ given, inputs, manager }: Creation, live: Values): Values {
  return writeCheckpoint(
    { inputs, live, fieldManager: manager, initialApiVersion: inputs.apiVersion },
    given,
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
