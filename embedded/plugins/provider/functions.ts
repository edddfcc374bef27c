import messages, { type InvokeRequest, type InvokeResponse } from "@pulumi/pulumi/proto/provider_pb.js";
import { check } from "./bridge/check.ts";
import { withDefaults } from "./bridge/defaults.ts";
import { semantics } from "./bridge/semantics.ts";
import type { Context, Provider } from "./resource.ts";
import { checkFailure } from "./responses.ts";
import { readStruct, withSecrets, writeStruct } from "./wire.ts";

/** Calls a function with checked and completed arguments. */
export async function invoke(
  provider: Provider,
  request: InvokeRequest,
  context: Context,
): Promise<InvokeResponse> {
  const token = request.getTok();
  const target = provider.functions?.[token];
  if (!target)
    throw new Error(
      `the embedded ${provider.name} plugin has no function '${token}', only ${Object.keys(provider.functions ?? {}).join(", ")}`,
    );
  const { inputs, failures } = check(
    target.inputs,
    { urn: token, oldInputs: {}, inputs: readStruct(request.getArgs()), randomSeed: new Uint8Array() },
    semantics.sdk,
  );
  if (failures.length > 0) return new messages.InvokeResponse().setFailuresList(failures.map(checkFailure));
  const result = await target.call(withDefaults(target.inputs, inputs), context);
  return new messages.InvokeResponse().setReturn(writeStruct(withSecrets(result, target.outputs)));
}
