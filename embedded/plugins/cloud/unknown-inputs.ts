import type { Resource } from "../provider/resource.ts";
import type { CloudConfiguration } from "./cloud.ts";

/** How the bridge refuses an input that its table does not have. */
const unknownKey = /^Invalid or unknown key\b/;

/** The same resource, refusing inputs that are not in its table as what they are: its table has not all that the cloud takes. */
export function knowing(resource: Resource<CloudConfiguration>): Resource<CloudConfiguration> {
  return {
    ...resource,
    async check(request, context) {
      const { inputs, failures } = await resource.check(request, context);
      const known = `the embedded ${context.configuration.cloud.name} plugin does not know this input, which the official plugin may`;
      return {
        inputs,
        failures: failures.map((failure) => ({
          ...failure,
          reason: failure.reason.replace(unknownKey, known),
        })),
      };
    },
  };
}
