import { between } from "../../provider/validate.ts";
import { listOf, valuesOf } from "../../provider/bridge/types.ts";
import { isUnknown, type Value, type Values } from "../../provider/value.ts";
import { uuid } from "../../cloud/ids.ts";
import { native } from "../native/native.ts";
import { flag, fixedLocation, output, requiredChoice, tags, text, texts } from "../native/properties.ts";
import { networkName } from "./names.ts";

const rule = {
  name: text,
  description: text,
  priority: { type: "integer", required: true, validate: between(100, 4096) },
  direction: requiredChoice("Inbound", "Outbound"),
  access: requiredChoice("Allow", "Deny"),
  protocol: requiredChoice("Tcp", "Udp", "Icmp", "Esp", "*", "Ah"),
  sourceAddressPrefix: text,
  sourceAddressPrefixes: texts,
  sourcePortRange: text,
  sourcePortRanges: texts,
  destinationAddressPrefix: text,
  destinationAddressPrefixes: texts,
  destinationPortRange: text,
  destinationPortRanges: texts,
  provisioningState: output,
} as const;

/** https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview */
export const networkSecurityGroup = native({
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Network/networkSecurityGroups/{networkSecurityGroupName}",
  apiVersion: "2024-05-01",
  properties: {
    location: fixedLocation,
    securityRules: { type: { list: { object: rule } } },
    flushConnection: flag,
    tags,
    resourceGuid: output,
    provisioningState: output,
  },
  validateName: networkName,
  validate: (inputs) => [...problemsOfPriorities(inputs), ...problemsOfEnds(inputs)],
  outputsOf: (inputs, { id }) => ({
    securityRules: inputs["securityRules"] ?? [],
    resourceGuid: uuid(id),
    provisioningState: "Succeeded",
  }),
});

/** Rules of one direction are asked in the order of their priorities, of which there is one each. */
function problemsOfPriorities({ securityRules }: Values): readonly string[] {
  const places = rulesOf(securityRules).map(({ direction, priority }) =>
    JSON.stringify([direction, priority]),
  );
  const twice = places.filter((place, index) => places.indexOf(place) !== index);
  return twice.map(
    (place) =>
      `SecurityRuleConflict: two security rules have the same direction and priority, ${place}: give each its own`,
  );
}

const ends = [
  ["sourceAddressPrefix", "sourceAddressPrefixes"],
  ["sourcePortRange", "sourcePortRanges"],
  ["destinationAddressPrefix", "destinationAddressPrefixes"],
  ["destinationPortRange", "destinationPortRanges"],
] as const;

/** Each end of the traffic is given, as one or as several. */
function problemsOfEnds({ securityRules }: Values): readonly string[] {
  return rulesOf(securityRules).flatMap(({ name, ...given }) =>
    ends
      .filter(([one, several]) => one in given === several in given)
      .map(
        ([one, several]) =>
          `SecurityRuleParameterEmptyOrNull: security rule ${JSON.stringify(name)} must have one of '${one}' and '${several}'`,
      ),
  );
}

function rulesOf(value: Value | undefined): readonly Values[] {
  return isUnknown(value) ? [] : listOf(value).map(valuesOf);
}
