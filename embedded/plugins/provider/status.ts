import * as grpc from "@grpc/grpc-js";
import any from "google-protobuf/google/protobuf/any_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import status from "@pulumi/pulumi/proto/status_pb.js";
import type { Properties } from "./property.ts";
import { InitializationError } from "./resource.ts";
import { withSecrets, writeStruct } from "./wire.ts";

/** What the engine is told of an error: its message, and of a half-made resource the state to keep. */
export function statusOf(error: unknown, properties: Properties | undefined): Partial<grpc.StatusObject> {
  const details = error instanceof Error ? error.message : String(error);
  if (!(error instanceof InitializationError)) return { code: grpc.status.UNKNOWN, details };
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(initializationStatus(error, properties)));
  return { code: grpc.status.UNKNOWN, details, metadata };
}

/** gRPC's rich error model: a `google.rpc.Status` with Pulumi's own message for this case. */
function initializationStatus(error: InitializationError, properties: Properties | undefined): Uint8Array {
  const failure = new messages.ErrorResourceInitFailed()
    .setId(error.state.id)
    .setProperties(writeStruct(withSecrets(error.state.outputs, properties)))
    .setReasonsList([error.message, ...error.reasons]);
  if (error.state.inputs) failure.setInputs(writeStruct(withSecrets(error.state.inputs, properties)));
  const detail = new any.Any();
  detail.pack(failure.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  return new status.Status()
    .setCode(grpc.status.UNKNOWN)
    .setMessage(error.message)
    .setDetailsList([detail])
    .serializeBinary();
}
