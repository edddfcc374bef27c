import { canonical } from "../provider/bridge/equality.ts";
import type { Difference, DiffRequest } from "../provider/questions.ts";
import type { Context } from "../provider/resource.ts";
import { hasUnknown, type Value, type Values } from "../provider/value.ts";
import type { GoogleConfiguration } from "./configuration.ts";
import { Place } from "./place.ts";

/** Google Cloud's own label of what Pulumi makes, which the official plugin sets. */
const attribution = { "goog-pulumi-provisioned": "true" };

/** What the labels of a resource add up to. */
export function labelOutputs({ labels }: Place): Values {
  return { pulumiLabels: labels, effectiveLabels: { ...labels, ...attribution } };
}

/** With other labels in the provider's settings, all differs that has some: nothing else shows that change. */
export function withLabels(
  difference: Difference,
  { inputs, outputs }: DiffRequest,
  { configuration }: Context<GoogleConfiguration>,
): Difference {
  const { labels } = new Place(inputs, configuration);
  if (hasUnknown(labels) || same(labels, outputs["pulumiLabels"])) return difference;
  return {
    ...difference,
    changed: true,
    differs: [...new Set([...difference.differs, "pulumiLabels"])],
    details: { ...difference.details, pulumiLabels: { kind: "update", replaces: false, inputs: false } },
  };
}

function same(one: Values, other: Value | undefined): boolean {
  const type = { map: "string" } as const;
  return canonical(type, one, true) === canonical(type, other, true);
}
