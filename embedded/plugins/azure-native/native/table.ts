/** The property table of a resource: its own, and what all of Azure's resources have. */
import type { Properties } from "../../provider/property.ts";
import type { Value } from "../../provider/value.ts";
import type { Native } from "./description.ts";
import { textOf } from "./given.ts";
import type { ArmPath } from "./path.ts";
import { output } from "./properties.ts";

/** Inputs and outputs; parts of the path are inputs of which each replaces. */
export function tableOf(definition: Native, path: ArmPath): Properties {
  const part = { type: "string", required: true, replaces: true } as const;
  const { validateName } = definition;
  const name = { ...part, ...(validateName && { validate: validateName }) };
  const parts = path.parameters.map((parameter) => [
    parameter,
    parameter === path.nameParameter ? name : { ...part, suppress: isSameText },
  ]);
  return { id: output, ...outputTable(definition), ...Object.fromEntries(parts) };
}

/** Names of resource groups and other parents do not depend on the case of their letters. */
function isSameText(one: Value | undefined, other: Value | undefined): boolean {
  return textOf(one).toLowerCase() === textOf(other).toLowerCase();
}

/** What a resource answers: not the parts of its path, which are all in its id. */
export function outputTable({ properties }: Native): Properties {
  return { name: output, type: output, azureApiVersion: { type: "string" }, ...properties };
}
