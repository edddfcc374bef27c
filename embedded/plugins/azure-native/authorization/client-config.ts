import { providerFunction } from "../../provider/resource.ts";
import type { Azure } from "../azure.ts";
import { output } from "../native/properties.ts";

/** Who the program runs as. */
export const getClientConfig = providerFunction({
  inputs: {},
  outputs: { clientId: output, objectId: output, subscriptionId: output, tenantId: output },
  async call(_, { configuration }: { configuration: Azure }) {
    const { clientId, objectId, subscriptionId, tenantId } = configuration;
    return { clientId, objectId, subscriptionId, tenantId };
  },
});
