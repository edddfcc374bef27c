import { between } from "../../provider/validate.ts";
import { uuid } from "../../cloud/ids.ts";
import { native } from "../native/native.ts";
import { choice, fixedLocation, output, refersTo, tags, text, texts } from "../native/properties.ts";
import { networkName } from "./names.ts";

/** Lets what is in a subnet reach the internet by addresses of its own: https://learn.microsoft.com/azure/nat-gateway/nat-gateway-resource */
export const natGateway = native({
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Network/natGateways/{natGatewayName}",
  apiVersion: "2024-05-01",
  properties: {
    location: fixedLocation,
    idleTimeoutInMinutes: { type: "integer", validate: between(4, 120) },
    publicIpAddresses: { type: { list: { object: { id: text } } } },
    publicIpPrefixes: { type: { list: { object: { id: text } } } },
    sku: { type: { object: { name: choice("Standard", "StandardV2") } }, required: true },
    zones: texts,
    tags,
    subnets: { type: { list: { object: { id: output } } }, output: true },
    resourceGuid: output,
    provisioningState: output,
  },
  validateName: networkName,
  references: [
    refersTo("publicIpAddresses.id", "Microsoft.Network/publicIPAddresses"),
    refersTo("publicIpPrefixes.id", "Microsoft.Network/publicIPPrefixes"),
  ],
  outputsOf: (inputs, { id }) => ({
    idleTimeoutInMinutes: inputs["idleTimeoutInMinutes"] ?? 4,
    resourceGuid: uuid(id),
    provisioningState: "Succeeded",
  }),
});
