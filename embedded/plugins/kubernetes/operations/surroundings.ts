/** What every operation on an object needs besides the object. */
import type { Context } from "../../provider/resource.ts";
import type { Values } from "../../provider/value.ts";
import { annotations } from "../annotations.ts";
import type { Options } from "../api/client.ts";
import { annotationOf, type Kind, type KubernetesObject, type Reference } from "../api/object.ts";
import type { Cluster } from "../config/cluster.ts";
import { metadataOf, nameOf, namespaceOf } from "../model/metadata.ts";
import type { AwaitContext } from "../readiness.ts";

const defaultTimeoutSeconds = 600;

/** What goes with each request: it ends when the user cancels, and what the API server warns of is shown beside the resource. */
export function requestOptions({ configuration, log, signal }: Context<Cluster>): Required<Options> {
  const { suppressDeprecationWarnings } = configuration.settings;
  return {
    signal,
    warn: (warning) => {
      if (!(suppressDeprecationWarnings && /\bdeprecated\b/.test(warning))) log("warning", warning);
    },
  };
}

export function awaitContext(
  context: Context<Cluster>,
  inputs: KubernetesObject,
  live: KubernetesObject,
): AwaitContext {
  return {
    client: context.configuration.client,
    live,
    inputs,
    timeoutSeconds: timeoutSeconds(context, inputs),
    signal: context.signal,
    status: (line) => context.log("info", line, { status: true }),
    log: context.log,
  };
}

function timeoutSeconds({ timeoutSeconds: given }: Context<Cluster>, inputs: Values): number {
  if (given) return given;
  const annotated = annotationOf(inputs, annotations.timeoutSeconds) ?? "";
  return /^\d+$/.test(annotated) ? Number(annotated) : defaultTimeoutSeconds;
}

/** Names the object that is made from the inputs. */
export function referenceOf(kind: Kind, object: Values): Reference {
  return { ...kind, name: nameOf(object) ?? "", namespace: namespaceOf(object) };
}

/** Inputs of an operation are whole: `check` has seen to it. */
export function wholeObject(kind: Kind, inputs: Values): KubernetesObject {
  return { ...inputs, ...kind, metadata: metadataOf(inputs) };
}
