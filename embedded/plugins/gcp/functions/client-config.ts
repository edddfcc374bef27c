import type { Properties } from "../../provider/property.ts";
import type { ProviderFunction } from "../../provider/resource.ts";
import { output } from "../columns.ts";
import type { GoogleConfiguration } from "../configuration.ts";

const outputs = {
  accessToken: { type: "string", output: true, secret: true },
  defaultLabels: { type: { map: "string" }, output: true },
  id: output,
  project: output,
  region: output,
  zone: output,
} as const satisfies Properties;

/** What the provider was told; the token opens nothing, and says so. */
export const getClientConfig: ProviderFunction<GoogleConfiguration> = {
  inputs: {},
  outputs,
  async call(_, { configuration: { project = "", region = "", zone = "", defaultLabels } }) {
    const accessToken = "token-of-keelsons-embedded-stand-in-for-google-cloud";
    const id = `projects/${project}/regions/${region}/zones/${zone}`;
    return { accessToken, defaultLabels, id, project, region, zone };
  },
};
