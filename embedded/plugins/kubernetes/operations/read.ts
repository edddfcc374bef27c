import { InitializationError, type Context, type State } from "../../provider/resource.ts";
import { isValues, type Values } from "../../provider/value.ts";
import { isNotFound } from "../api/errors.ts";
import type { Kind, KubernetesObject } from "../api/object.ts";
import { checkReady } from "../await/index.ts";
import type { Cluster } from "../config/cluster.ts";
import { objectOf, readCheckpoint, stateOf, writeCheckpoint, type Checkpoint } from "../model/checkpoint.ts";
import { isNamespaced, kindOf } from "../model/kinds.ts";
import { metadataOf, parseId, withMetadata } from "../model/metadata.ts";
import { normalized } from "../model/normalize.ts";
import { currentInputs } from "../model/prune.ts";
import { withSecretsOf } from "../model/secrets.ts";
import { NotReadyError } from "../readiness.ts";
import { fieldManager } from "./field-manager.ts";
import { awaitContext, requestOptions, wholeObject } from "./surroundings.ts";

export interface ReadRequest {
  readonly id: string;
  readonly outputs: Values | undefined;
  readonly inputs: Values | undefined;
}

type Found = State & { readonly inputs: Values };

const unreachable =
  "failed to read resource state due to unreachable cluster: if the cluster was deleted, run the operation again with PULUMI_K8S_DELETE_UNREACHABLE=true, which removes its resources from the state";

/** Reads the object as it is: for a refresh with the inputs as they would be if it were what the program wants, for an import with all that could be one. */
export async function read(request: ReadRequest, context: Context<Cluster>): Promise<Found | undefined> {
  const { configuration: cluster, log, urn } = context;
  if (cluster.unreachable !== undefined) {
    log("warning", `configured Kubernetes cluster is unreachable: ${cluster.unreachable}`);
    if (cluster.settings.deleteUnreachable) return undefined;
    if (cluster.settings.skipUpdateUnreachable) return asKnown(request);
    throw new Error(unreachable);
  }
  if (cluster.settings.renderYamlToDirectory !== undefined) return asKnown(request);
  const before = readCheckpoint(request.outputs ?? {});
  const wishes = normalized(objectOf(request.inputs ?? {}));
  const isImport = wishes["kind"] === undefined;
  const kind = kindOf(urn, isImport ? before.live : wishes);
  const live = await find(kind, request.id, context);
  if (!live) return undefined;
  const inputs = isImport ? importedInputs(live) : currentInputs(kind, live, wishes);
  const found = (object: KubernetesObject): Found => foundState(request, before, inputs, object, cluster);
  if (isImport) return found(live);
  try {
    return found(await checkReady(awaitContext(context, wholeObject(kind, wishes), live)));
  } catch (error) {
    if (!(error instanceof NotReadyError)) throw error;
    throw new InitializationError(error.message, found(error.live), error.reasons);
  }
}

function asKnown({ id, outputs = {}, inputs = {} }: ReadRequest): Found {
  return { id, outputs, inputs };
}

async function find(
  kind: Kind,
  id: string,
  context: Context<Cluster>,
): Promise<KubernetesObject | undefined> {
  const { configuration: cluster } = context;
  const { namespace = cluster.defaultNamespace, name } = parseId(id);
  if (name === "")
    throw new Error(
      `the id "${id}" names no object: it reads "namespace/name", or "name" of the whole cluster's`,
    );
  try {
    const isInNamespace = await isNamespaced(kind, cluster);
    const reference = { ...kind, name, namespace: isInNamespace ? namespace : undefined };
    return await cluster.client.get(reference, requestOptions(context));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function foundState(
  { id, inputs: given = {} }: ReadRequest,
  before: Checkpoint,
  inputs: Values,
  live: KubernetesObject,
  { settings }: Cluster,
): Found {
  const manager = fieldManager(inputs, before.fieldManager, settings);
  const initialApiVersion = before.initialApiVersion ?? live.apiVersion;
  return {
    id,
    inputs: withSecretsOf(given, stateOf(inputs)),
    outputs: writeCheckpoint({ inputs, live, fieldManager: manager, initialApiVersion }, given),
  };
}

/** Set by the API server or a controller, never by a program. */
const foreignAnnotations: ReadonlySet<string> = new Set([
  "deployment.kubernetes.io/revision",
  "kubectl.kubernetes.io/last-applied-configuration",
]);

function importedInputs(live: KubernetesObject): Values {
  const { status: _, ...inputs } = normalized(live);
  const { annotations, ...metadata } = metadataOf(inputs);
  if (!isValues(annotations)) return inputs;
  const own = Object.entries(annotations).filter(([name]) => !foreignAnnotations.has(name));
  return withMetadata(
    { ...inputs, metadata },
    own.length === 0 ? {} : { annotations: Object.fromEntries(own) },
  );
}
