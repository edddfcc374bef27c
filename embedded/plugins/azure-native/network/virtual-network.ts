import { rangeOf } from "../../cloud/networks.ts";
import { uuid } from "../../cloud/ids.ts";
import { isUnknown, type Value } from "../../provider/value.ts";
import { textsOf } from "../native/given.ts";
import { native } from "../native/native.ts";
import { flag, location, output, tags, texts } from "../native/properties.ts";
import { networkName } from "./names.ts";
import { problemOfSpaces, problemOfSubnets } from "./ranges.ts";

/** https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq */
const largest = 2;
const smallest = 29;

/** Its subnets are resources of their own here; the official plugin also takes them as an input of the network. */
export const virtualNetwork = native({
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Network/virtualNetworks/{virtualNetworkName}",
  apiVersion: "2024-05-01",
  properties: {
    location,
    addressSpace: {
      type: {
        object: {
          addressPrefixes: { type: { list: "string" }, validate: eachRange },
        },
      },
    },
    enableDdosProtection: flag,
    enableVmProtection: flag,
    tags,
    subnets: { type: { list: { map: "string" } }, output: true },
    provisioningState: output,
    resourceGuid: output,
    dhcpOptions: { type: { object: { dnsServers: texts } } },
  },
  validateName: networkName,
  judge: (inputs, { id, azure }) => problemOfSpaces(inputs) ?? problemOfSubnets(inputs, id, azure),
  outputsOf: ({ enableDdosProtection }, { id, outputs }) => ({
    provisioningState: "Succeeded",
    resourceGuid: outputs?.["resourceGuid"] ?? uuid(id),
    subnets: outputs?.["subnets"] ?? [],
    enableDdosProtection: enableDdosProtection ?? false,
  }),
  announces: true,
});

function eachRange(value: Value): string | undefined {
  const problems = textsOf(value)
    .filter((each) => !isUnknown(each))
    .map(rangeOf(largest, smallest));
  return problems.find((problem) => problem !== undefined);
}
