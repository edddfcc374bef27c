/** Reads the engine's messages as the requests that a resource understands. */
import messages, {
  type CheckRequest as CheckMessage,
  type DiffRequest as DiffMessage,
} from "@pulumi/pulumi/proto/provider_pb.js";
import type { CheckRequest, DiffRequest } from "./questions.ts";
import type { readStruct } from "./wire.ts";

const { Mode } = messages.CheckRequest.AutonamingOptions;
const modes = { [Mode.PROPOSE]: "propose", [Mode.ENFORCE]: "enforce", [Mode.DISABLE]: "disable" } as const;

export function checkRequest(message: CheckMessage, read: typeof readStruct): CheckRequest {
  const autonaming = message.getAutonaming();
  return {
    urn: message.getUrn(),
    oldInputs: read(message.getOlds()),
    inputs: read(message.getNews()),
    randomSeed: message.getRandomseed_asU8(),
    ...(autonaming
      ? { autonaming: { mode: modes[autonaming.getMode()], proposedName: autonaming.getProposedName() } }
      : {}),
  };
}

export function diffRequest(message: DiffMessage, read: typeof readStruct): DiffRequest {
  return {
    urn: message.getUrn(),
    id: message.getId(),
    oldInputs: read(message.getOldInputs()),
    outputs: read(message.getOlds()),
    inputs: read(message.getNews()),
    ignoreChanges: message.getIgnorechangesList(),
  };
}
