import { imagined, type Imagined } from "../cloud/index.ts";
import type { OutputsOf, Properties, Property } from "../provider/property.ts";
import type { Resource } from "../provider/resource.ts";
import type { Values } from "../provider/value.ts";
import type { AwsAccount } from "./account.ts";
import type { AwsType } from "./refusals.ts";
import { isRegion } from "./regions.ts";

/**
 * When everything was made. An imagined account has no time, so that outputs are the same each time: this stands for it.
 */
export const MADE_AT = "1970-01-01T00:00:00Z";

export const output = { type: "string", output: true } as const satisfies Property;
export const outputFlag = { type: "boolean", output: true } as const satisfies Property;
export const outputs = { type: { list: "string" }, output: true } as const satisfies Property;

/** Since version 7 of the provider every resource of a region may say which. */
export const regional = {
  region: { type: "string", computed: true, replaces: true, validate: isRegion },
} as const satisfies Properties;

export const tagged = {
  tags: { type: { map: "string" } },
  tagsAll: { type: { map: "string" }, output: true },
} as const satisfies Properties;

/** A resource of the imagined account: `imagined`, with region and tags as its provider has them. */
export function onAws<const Table extends Properties>(
  definition: Imagined<Table, AwsAccount, AwsType>,
): Resource<AwsAccount>;
export function onAws(definition: Imagined<Properties, AwsAccount>): Resource<AwsAccount> {
  const { properties } = definition;
  return imagined<Properties, AwsAccount>({
    ...definition,
    async outputsOf(inputs, context) {
      return {
        ...commonOutputs(properties, inputs, context.configuration),
        ...(await definition.outputsOf?.(inputs, context)),
      };
    },
  });
}

function commonOutputs(
  properties: Properties,
  inputs: Values,
  { region, defaultTags }: AwsAccount,
): OutputsOf<Properties> {
  return {
    ...("region" in properties ? { region: inputs["region"] ?? region } : {}),
    ...("tagsAll" in properties
      ? { tagsAll: { ...defaultTags, ...(inputs["tags"] as Values | undefined) } }
      : {}),
  };
}
