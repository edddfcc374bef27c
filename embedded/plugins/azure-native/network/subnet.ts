import { rangeOf } from "../../cloud/networks.ts";
import type { Values } from "../../provider/value.ts";
import { isGiven } from "../native/given.ts";
import { native } from "../native/native.ts";
import { choice, flag, output, refersTo, subResource, text, texts } from "../native/properties.ts";
import { networkName } from "./names.ts";
import { problemOfSubnet } from "./ranges.ts";

/** Five addresses of each are Azure's own: https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq */
const range = rangeOf(2, 29);

export const subnet = native({
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Network/virtualNetworks/{virtualNetworkName}/subnets/{subnetName}",
  apiVersion: "2024-05-01",
  properties: {
    addressPrefix: { type: "string", validate: range },
    addressPrefixes: texts,
    defaultOutboundAccess: flag,
    delegations: {
      type: { list: { object: { name: text, serviceName: text, type: output, provisioningState: output } } },
    },
    natGateway: subResource,
    networkSecurityGroup: subResource,
    routeTable: subResource,
    privateEndpointNetworkPolicies: choice(
      "Enabled",
      "Disabled",
      "NetworkSecurityGroupEnabled",
      "RouteTableEnabled",
    ),
    privateLinkServiceNetworkPolicies: choice("Enabled", "Disabled"),
    serviceEndpoints: {
      type: { list: { object: { service: text, locations: texts, provisioningState: output } } },
    },
    provisioningState: output,
    purpose: output,
  },
  validateName: networkName,
  references: [
    refersTo("natGateway.id", "Microsoft.Network/natGateways"),
    refersTo("networkSecurityGroup.id", "Microsoft.Network/networkSecurityGroups"),
    refersTo("routeTable.id", "Microsoft.Network/routeTables"),
  ],
  validate: oneRange,
  judge: (inputs, { id, azure }) => problemOfSubnet(inputs, id, azure),
  outputsOf: (inputs) => ({
    provisioningState: "Succeeded",
    privateEndpointNetworkPolicies: inputs["privateEndpointNetworkPolicies"] ?? "Disabled",
    privateLinkServiceNetworkPolicies: inputs["privateLinkServiceNetworkPolicies"] ?? "Enabled",
  }),
});

function oneRange({ addressPrefix, addressPrefixes }: Values): readonly string[] {
  return isGiven(addressPrefix) === isGiven(addressPrefixes)
    ? ["give one of 'addressPrefix' and 'addressPrefixes'"]
    : [];
}
