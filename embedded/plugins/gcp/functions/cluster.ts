import { text } from "../../cloud/values.ts";
import { problemOfApi } from "../apis.ts";
import type { Properties } from "../../provider/property.ts";
import type { ProviderFunction } from "../../provider/resource.ts";
import { isValues, type Value } from "../../provider/value.ts";
import { output } from "../columns.ts";
import type { GoogleConfiguration } from "../configuration.ts";
import { Place } from "../place.ts";

const asked = {
  location: { type: "string" },
  name: { type: "string", required: true },
  project: { type: "string" },
} as const satisfies Properties;

const outputs = {
  ...asked,
  clusterIpv4Cidr: output,
  endpoint: output,
  id: output,
  masterAuths: { type: { list: { object: { clusterCaCertificate: output } } }, output: true },
  masterVersion: output,
  minMasterVersion: output,
  network: output,
  nodeLocations: { type: { list: "string" }, output: true },
  nodeVersion: output,
  selfLink: output,
  servicesIpv4Cidr: output,
  subnetwork: output,
  workloadIdentityConfigs: { type: { list: { object: { workloadPool: output } } }, output: true },
} as const satisfies Properties;

/** A cluster that is there; the official plugin has its blocks in lists. */
export const getCluster: ProviderFunction<GoogleConfiguration> = {
  inputs: asked,
  outputs,
  async call(args, { configuration }) {
    const { project, location } = new Place(args, configuration);
    const { store } = configuration;
    const id = `projects/${project}/locations/${location}/clusters/${text(args["name"])}`;
    const problem = problemOfApi("container.googleapis.com", project, store);
    if (problem !== undefined) throw new Error(problem);
    const found = store.get("clusters", id);
    if (!found) {
      const there = store.all("clusters").map((each) => each.id);
      throw new Error(
        `${id} not found: there ${there.length === 0 ? "is no cluster" : `are ${there.join(", ")}`}`,
      );
    }
    const facts = Object.keys(outputs).flatMap((name) => {
      const value = found.outputs[name];
      return value === undefined ? [] : [[name, value] as const];
    });
    return {
      ...Object.fromEntries(facts),
      id,
      location,
      project,
      masterAuths: blocks(found.outputs["masterAuth"]),
      workloadIdentityConfigs: blocks(found.outputs["workloadIdentityConfig"]),
    };
  },
};

function blocks(value: Value | undefined): readonly Value[] {
  return isValues(value) ? [value] : [];
}
