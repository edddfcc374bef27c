/** What programs ask of the account. Source of the facts: the SDK of the official plugin 7.48.0. */
import { providerFunction } from "../provider/resource.ts";
import type { Properties } from "../provider/property.ts";
import type { AwsAccount } from "./account.ts";
import type { Context } from "../provider/resource.ts";
import { oneOf } from "../provider/validate.ts";
import { ADDON_VERSION, ADDONS } from "./eks/addons.ts";
import { isRegion, zonesOf } from "./regions.ts";

type Asked = Context<AwsAccount>;

const text = { type: "string" } as const;
const list = { type: { list: "string" } } as const;
const region = { type: "string", validate: isRegion } as const;

export const getCallerIdentity = providerFunction({
  inputs: { id: text },
  outputs: { accountId: text, arn: text, id: text, userId: text },
  call: async (_, { configuration: { accountId } }: Asked) => ({
    accountId,
    arn: `arn:aws:iam::${accountId}:user/keelson`,
    id: accountId,
    userId: "AIDAKEELSONKEELSON000",
  }),
});

const zoneQuestion = {
  allAvailabilityZones: { type: "boolean" },
  excludeNames: list,
  excludeZoneIds: list,
  filters: {
    type: {
      list: {
        object: {
          name: { type: "string", required: true },
          values: { type: { list: "string" }, required: true },
        },
      },
    },
  },
  region,
  state: { type: "string", validate: oneOf("available", "information", "impaired", "unavailable") },
} as const satisfies Properties;

/** All zones are available, and in use without having been opted in to. */
export const getAvailabilityZones = providerFunction({
  inputs: zoneQuestion,
  outputs: { ...zoneQuestion, groupNames: list, id: text, names: list, zoneIds: list },
  async call(args, { configuration }: Asked) {
    const { excludeNames = [], excludeZoneIds = [], filters = [], state = "available" } = args;
    const where = args.region ?? configuration.region;
    const facts: Readonly<Record<string, string>> = {
      "opt-in-status": "opt-in-not-required",
      "region-name": where,
      "zone-type": "availability-zone",
    };
    const unknown = filters.filter(({ name }) => !Object.hasOwn(facts, name));
    if (unknown.length > 0)
      throw new Error(
        `InvalidParameterValue: The filter '${unknown.map(({ name }) => name).join(", ")}' is invalid: the embedded aws plugin knows ${Object.keys(facts).join(", ")}`,
      );
    const isMeant =
      state === "available" && filters.every(({ name, values }) => values.includes(facts[name]!));
    const zones = (isMeant ? zonesOf(where) : []).filter(
      ({ name, id }) => !excludeNames.includes(name) && !excludeZoneIds.includes(id),
    );
    return {
      ...args,
      region: where,
      id: where,
      groupNames: zones.length > 0 ? [`${where}-zg-1`] : [],
      names: zones.map(({ name }) => name),
      zoneIds: zones.map(({ id }) => id),
    };
  },
});

const addonQuestion = {
  addonName: { type: "string", required: true, validate: oneOf(...ADDONS) },
  kubernetesVersion: { type: "string", required: true },
  mostRecent: { type: "boolean" },
  region,
} as const satisfies Properties;

export const getAddonVersion = providerFunction({
  inputs: addonQuestion,
  outputs: { ...addonQuestion, id: text, version: text },
  call: async (args, { configuration }: Asked) => ({
    ...args,
    region: args.region ?? configuration.region,
    id: args.addonName,
    version: ADDON_VERSION,
  }),
});
