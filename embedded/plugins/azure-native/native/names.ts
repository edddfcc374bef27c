/**
 * Names that the program leaves out. A resource that stands by itself is named after its logical name and eight random digits,
 * with nothing between; one in or on another resource has its logical name alone, as its name has to be unique there only; one
 * whose name is a GUID gets a random one. Source: `getDefaultName` of
 * https://github.com/pulumi/pulumi-azure-native/blob/master/provider/pkg/provider/provider.go
 */
import { randomSuffix } from "../../provider/bridge/auto-name.ts";
import type { CheckRequest } from "../../provider/questions.ts";
import { nameOfUrn } from "../../provider/urn.ts";
import type { Values } from "../../provider/value.ts";
import { isGiven } from "./given.ts";

export type Naming = "random" | "copy" | "uuid";

/** Among the inputs of a resource with a random name: its replacement may be made before it is deleted. */
export const createBeforeDelete = "__createBeforeDelete";

const suffixLength = 8;
const guidLength = 32;

/** The name, and the mark of a random one; nothing if names may not be made up. */
export function defaultName(request: CheckRequest, naming: Naming, parameter: string): Values {
  const before = request.oldInputs[parameter];
  const mark = { [createBeforeDelete]: true };
  if (isGiven(before))
    return { [parameter]: before, ...(request.oldInputs[createBeforeDelete] === true ? mark : {}) };
  const proposed = request.autonaming;
  if (proposed?.mode === "disable") return {};
  if (proposed?.mode === "enforce" || (proposed?.mode === "propose" && naming !== "uuid"))
    return { [parameter]: proposed.proposedName, ...mark };
  const name = nameOfUrn(request.urn);
  const made: Readonly<Record<Naming, () => Values>> = {
    random: () => ({ [parameter]: name + randomSuffix(request.randomSeed, suffixLength), ...mark }),
    copy: () => ({ [parameter]: name }),
    uuid: () => ({ [parameter]: guidOf(randomSuffix(request.randomSeed, guidLength)), ...mark }),
  };
  return made[naming]();
}

/** Written as a GUID is. */
function guidOf(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
