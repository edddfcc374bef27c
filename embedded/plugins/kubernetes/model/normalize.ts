/** Inputs in the form that the API server keeps, so that writing the same thing in another way is no difference. */
import { hasUnknown, isValues, type Value, type Values } from "../../provider/value.ts";
import { isBuiltIn, isDefinition, isSecretKind } from "./kinds.ts";
import { canonicalQuantity } from "./quantity.ts";
import type { Kind } from "../api/object.ts";

/** The API server's own: what inputs say of them counts for nothing. */
const readOnlyMetadata = [
  "creationTimestamp",
  "deletionGracePeriodSeconds",
  "deletionTimestamp",
  "generation",
  "managedFields",
  "resourceVersion",
  "uid",
];

export function normalized(inputs: Values): Values {
  const { apiVersion, kind: name } = inputs;
  const kind = {
    apiVersion: typeof apiVersion === "string" ? apiVersion : "",
    kind: typeof name === "string" ? name : "",
  };
  const written = isBuiltIn(kind) && !hasUnknown(inputs) ? asKept(kind, inputs) : inputs;
  if (!isValues(written["metadata"])) return written;
  return { ...written, metadata: without(written["metadata"], readOnlyMetadata) };
}

function asKept(kind: Kind, inputs: Values): Values {
  if (isDefinition(kind)) return normalizedDefinition(inputs);
  if (isSecretKind(kind)) return normalizedSecret(inputs);
  return withQuantities(inputs, kind.kind);
}

/** Its status is the API server's, and `preserveUnknownFields: false` is left out of what is kept. */
function normalizedDefinition(inputs: Values): Values {
  const rest = without(inputs, ["status"]);
  if (!isValues(rest["spec"]) || rest["spec"]["preserveUnknownFields"] !== false) return rest;
  return { ...rest, spec: without(rest["spec"], ["preserveUnknownFields"]) };
}

/** Clear text is kept as base64 among the data, and wins over data of the same name. What is no text the API server refuses. */
function normalizedSecret(inputs: Values): Values {
  const data = isValues(inputs["data"]) ? inputs["data"] : {};
  const texts = isValues(inputs["stringData"]) ? inputs["stringData"] : {};
  if (Object.values(texts).some((text) => typeof text !== "string")) return inputs;
  if (Object.keys(texts).length > 0) {
    const encoded = mapped(texts, (text) => (typeof text === "string" ? base64(text) : text));
    return { ...without(inputs, ["stringData"]), data: { ...data, ...encoded } };
  }
  if (Object.keys(data).length === 0) return inputs;
  return { ...inputs, data: mapped(data, (text) => (typeof text === "string" ? reencoded(text) : text)) };
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

/** The API server decodes and encodes again: line breaks are gone. What is no base64 it refuses. */
function reencoded(text: string): string {
  const compact = text.replaceAll(/[\r\n]/g, "");
  const again = Buffer.from(compact, "base64").toString("base64");
  return again === compact ? again : text;
}

/** Maps from a resource's name to a quantity. */
const quantityMaps: ReadonlySet<string> = new Set([
  "capacity",
  "default",
  "defaultRequest",
  "hard",
  "limits",
  "max",
  "maxLimitRequestRatio",
  "min",
  "overhead",
  "podFixed",
  "requests",
]);

const quantities: ReadonlySet<string> = new Set(["divisor", "maximumVolumeSize", "sizeLimit"]);

/** Names that mean a quantity among an autoscaler's metrics. */
const metricQuantities: ReadonlySet<string> = new Set(["averageValue", "value"]);

/** What has no quantities in it, whatever its names: those of maps are the program's, and an autoscaler's policies count in whole numbers. */
const withoutQuantities: ReadonlySet<string> = new Set([
  "annotations",
  "behavior",
  "data",
  "labels",
  "matchLabels",
  "nodeSelector",
  "parameters",
  "selector",
]);

function withQuantities(values: Values, kind: string): Values {
  const within = (name: string, value: Value): Value => {
    if (Array.isArray(value)) return (value as readonly Value[]).map((each) => within("", each));
    if (isValues(value)) {
      if (withoutQuantities.has(name)) return value;
      const isMap = quantityMaps.has(name) && !Object.values(value).some(isValues);
      return isMap ? mapped(value, quantity) : withQuantities(value, kind);
    }
    const isQuantity =
      quantities.has(name) || (kind === "HorizontalPodAutoscaler" && metricQuantities.has(name));
    return isQuantity ? quantity(value) : value;
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, within(name, value)]));
}

function quantity(value: Value): Value {
  return typeof value === "string" || typeof value === "number" ? canonicalQuantity(String(value)) : value;
}

function mapped(values: Values, change: (value: Value) => Value): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}

function without(values: Values, names: readonly string[]): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}
