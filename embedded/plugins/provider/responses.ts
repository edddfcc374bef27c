/** Writes a resource's answers as the engine's messages. */
import messages, {
  type CheckFailure,
  type CheckResponse,
  type DiffResponse,
  type PropertyDiff,
} from "@pulumi/pulumi/proto/provider_pb.js";
import type { Properties } from "./property.ts";
import type { Checked, Difference, Failure, PropertyDifference } from "./questions.ts";
import { withSecrets, writeStruct } from "./wire.ts";

export function checkResponse(
  { inputs, failures }: Checked,
  properties: Properties | undefined,
): CheckResponse {
  return new messages.CheckResponse()
    .setInputs(writeStruct(withSecrets(inputs, properties)))
    .setFailuresList(failures.map(checkFailure));
}

export function checkFailure({ property, reason }: Failure): CheckFailure {
  return new messages.CheckFailure().setProperty(property).setReason(reason);
}

const { DiffChanges } = messages.DiffResponse;

export function diffResponse(difference: Difference): DiffResponse {
  const response = new messages.DiffResponse()
    .setChanges(difference.changed ? DiffChanges.DIFF_SOME : DiffChanges.DIFF_NONE)
    .setDiffsList([...difference.differs])
    .setReplacesList([...difference.replaces])
    .setStablesList([...difference.stables])
    .setDeletebeforereplace(difference.deleteBeforeReplace)
    .setHasdetaileddiff(difference.details !== undefined);
  for (const [path, each] of Object.entries(difference.details ?? {}))
    response.getDetaileddiffMap().set(path, propertyDiff(each));
  return response;
}

const { Kind } = messages.PropertyDiff;
const kinds = { add: Kind.ADD, delete: Kind.DELETE, update: Kind.UPDATE } as const;
const replacing = {
  add: Kind.ADD_REPLACE,
  delete: Kind.DELETE_REPLACE,
  update: Kind.UPDATE_REPLACE,
} as const;

function propertyDiff({ kind, replaces, inputs }: PropertyDifference): PropertyDiff {
  return new messages.PropertyDiff().setKind((replaces ? replacing : kinds)[kind]).setInputdiff(inputs);
}
