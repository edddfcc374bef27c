import { autoName } from "../../provider/bridge/auto-name.ts";
import { isUnknown, isValues, unknown, type Value, type Values } from "../../provider/value.ts";
import type { CheckRequest } from "../../provider/questions.ts";
import { annotations } from "../annotations.ts";
import { isAnnotated } from "../api/object.ts";

/** Of names that are made up. */
const suffixLength = 8;

/** The metadata; inputs of a preview may not know it. */
export function metadataOf(object: Values): Values {
  return isValues(object["metadata"]) ? object["metadata"] : {};
}

export function withMetadata(object: Values, changes: Values): Values {
  if (isUnknown(object["metadata"])) return object;
  return { ...object, metadata: { ...metadataOf(object), ...changes } };
}

/** The name, if it has one that is known. */
export function nameOf(object: Values): string | undefined {
  return text(metadataOf(object)["name"]);
}

export function namespaceOf(object: Values): string | undefined {
  return text(metadataOf(object)["namespace"]);
}

export function withNamespace(object: Values, namespace: string | undefined): Values {
  if (namespace !== undefined) return withMetadata(object, { namespace });
  const { namespace: _, ...rest } = metadataOf(object);
  return isValues(object["metadata"]) ? { ...object, metadata: rest } : object;
}

/** Whether the object has a name of its own, though it may not be known yet. */
export function isNamed(object: Values): boolean {
  return (
    isUnknown(object["metadata"]) || isUnknown(metadataOf(object)["name"]) || nameOf(object) !== undefined
  );
}

/** Whether the API server is to make the name up. */
export function hasGenerateName(object: Values): boolean {
  const { generateName } = metadataOf(object);
  return !isNamed(object) && generateName !== undefined && generateName !== "";
}

/** Gives a new object that has no name one, and notes that it was made up. */
export function autonamed(object: Values, request: CheckRequest): Values {
  if (isNamed(object) || hasGenerateName(object)) return object;
  if (request.autonaming?.mode === "disable")
    throw new Error("autonaming is disabled, resource requires the .metadata.name field to be set");
  return withMadeUpName(object, autoName(request, suffixLength));
}

/** A name that was made up once stays. */
export function withAdoptedName(object: Values, old: Values): Values {
  const name = nameOf(old);
  const isAdopted = !isNamed(object) && name !== undefined && isAnnotated(old, annotations.autonamed);
  return isAdopted ? withMadeUpName(object, name) : object;
}

function withMadeUpName(object: Values, name: string): Values {
  const given: Value | undefined = metadataOf(object)["annotations"];
  if (given === unknown) return withMetadata(object, { name });
  const others = isValues(given) ? given : {};
  return withMetadata(object, { name, annotations: { ...others, [annotations.autonamed]: "true" } });
}

/** How Pulumi identifies an object: `namespace/name`, or `name` alone. */
export function idOf(object: Values): string {
  const namespace = namespaceOf(object);
  return namespace === undefined ? (nameOf(object) ?? "") : `${namespace}/${nameOf(object) ?? ""}`;
}

export function parseId(id: string): { readonly namespace: string | undefined; readonly name: string } {
  const [first = "", second] = id.split("/");
  return second === undefined ? { namespace: undefined, name: first } : { namespace: first, name: second };
}

function text(value: Value | undefined): string | undefined {
  return typeof value === "string" && value !== "" && value !== unknown ? value : undefined;
}
