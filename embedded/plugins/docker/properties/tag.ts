/**
 * What a tag takes and answers.
 * Source of the facts: the schema of the official plugin 5.1.0, which takes them from its Terraform provider 4.5.0.
 */
import type { Properties } from "../../provider/property.ts";

export const tagProperties = {
  sourceImage: { type: "string", required: true, replaces: true },
  sourceImageId: { type: "string", output: true },
  tagTriggers: { type: { set: "string" }, replaces: true },
  targetImage: { type: "string", required: true, replaces: true },
} as const satisfies Properties;
