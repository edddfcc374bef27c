/**
 * Columns that many tables of Google Cloud's resources share.
 * Source of the facts in all tables: the schemas of the Terraform provider google 7.45, which the official plugin wraps
 * (https://github.com/hashicorp/terraform-provider-google/tree/main/google/services), and what the official plugin changes of
 * them (https://github.com/pulumi/pulumi-gcp/blob/master/provider/resources.go).
 */
import type { Properties, Property } from "../provider/property.ts";
import { oneOf } from "../provider/validate.ts";
import { sameName } from "./links.ts";
import { aRegion } from "./locations.ts";
import { labelRules } from "./rules.ts";

/** The provider's own project where none is given. */
export const project = { type: "string", computed: true, replaces: true } as const satisfies Property;

/** The provider's own region where none is given. */
export const region = {
  type: "string",
  computed: true,
  replaces: true,
  suppress: sameName,
  validate: aRegion,
} as const satisfies Property;

/** `PREVENT` refuses deletion, `ABANDON` forgets the resource and leaves it where it is. */
export const deletionPolicy = {
  type: "string",
  computed: true,
  validate: oneOf("DELETE", "ABANDON", "PREVENT"),
} as const satisfies Property;

export const output = { type: "string", output: true } as const satisfies Property;

/**
 * Labels; those of the provider's `defaultLabels` are added. The official plugin hides what they add up to, as the settings that
 * it comes from may be secret.
 */
export const labels = {
  labels: { type: { map: "string" }, validate: labelRules },
  effectiveLabels: { type: { map: "string" }, output: true, secret: true },
  pulumiLabels: { type: { map: "string" }, output: true, secret: true },
} as const satisfies Properties;

/** What every resource takes that lies in a project. */
export const inProject = { project, deletionPolicy } as const satisfies Properties;
