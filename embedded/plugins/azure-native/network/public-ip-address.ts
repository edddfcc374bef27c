import { createHash } from "node:crypto";
import { valuesOf } from "../../provider/bridge/types.ts";
import { between } from "../../provider/validate.ts";
import type { Values } from "../../provider/value.ts";
import { uuid } from "../../cloud/ids.ts";
import { native } from "../native/native.ts";
import { choice, location, output, tags, text, texts } from "../native/properties.ts";
import { networkName } from "./names.ts";

/** https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses */
export const publicIPAddress = native({
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Network/publicIPAddresses/{publicIpAddressName}",
  apiVersion: "2024-05-01",
  properties: {
    location,
    sku: {
      type: {
        object: { name: choice("Basic", "Standard", "StandardV2"), tier: choice("Regional", "Global") },
      },
      replaces: true,
    },
    publicIPAddressVersion: { ...choice("IPv4", "IPv6"), replaces: true },
    publicIPAllocationMethod: choice("Static", "Dynamic"),
    idleTimeoutInMinutes: { type: "integer", validate: between(4, 30) },
    dnsSettings: { type: { object: { domainNameLabel: text, fqdn: text, reverseFqdn: text } } },
    zones: texts,
    tags,
    ipAddress: output,
    resourceGuid: output,
    provisioningState: output,
  },
  validateName: networkName,
  validate: staticIfStandard,
  outputsOf: (inputs, { id }) => ({
    idleTimeoutInMinutes: inputs["idleTimeoutInMinutes"] ?? 4,
    publicIPAddressVersion: inputs["publicIPAddressVersion"] ?? "IPv4",
    ipAddress: documentationAddress(id),
    resourceGuid: uuid(id),
    provisioningState: "Succeeded",
  }),
});

function staticIfStandard({ sku, publicIPAllocationMethod }: Values): readonly string[] {
  const { name = "Basic" } = valuesOf(sku);
  const isStatic = publicIPAllocationMethod === "Static";
  return name === "Basic" || isStatic
    ? []
    : [
        "PublicIPAllocationMethodNotSupported: addresses of the SKU Standard are 'Static': set 'publicIPAllocationMethod'",
      ];
}

/** An address that belongs to nobody: RFC 5737 keeps 203.0.113.0/24 for documentation. */
function documentationAddress(id: string): string {
  const [byte = 0] = createHash("sha256").update(id).digest();
  return `203.0.113.${1 + (byte % 254)}`;
}
