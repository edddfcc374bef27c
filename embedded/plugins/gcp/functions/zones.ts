import type { Properties } from "../../provider/property.ts";
import type { ProviderFunction } from "../../provider/resource.ts";
import { oneOf } from "../../provider/validate.ts";
import { output } from "../columns.ts";
import type { GoogleConfiguration } from "../configuration.ts";
import { aRegion, zonesOf } from "../locations.ts";
import { Place } from "../place.ts";

const asked = {
  project: { type: "string" },
  region: { type: "string", validate: aRegion },
  status: { type: "string", validate: oneOf("UP", "DOWN") },
} as const satisfies Properties;

/** Zones of a region, all of which are up. */
export const getZones: ProviderFunction<GoogleConfiguration> = {
  inputs: asked,
  outputs: { ...asked, id: output, names: { type: { list: "string" }, output: true } },
  async call(args, { configuration }) {
    const { project, region } = new Place(args, configuration);
    const names = args["status"] === "DOWN" ? [] : zonesOf(region);
    return { ...args, id: `projects/${project}/regions/${region}`, names, project, region };
  },
};
