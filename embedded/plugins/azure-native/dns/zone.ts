import { createHash } from "node:crypto";
import { named } from "../../cloud/names.ts";
import { oneOf } from "../../provider/validate.ts";
import { native } from "../native/native.ts";
import { choice, location, tags } from "../native/properties.ts";

/** A domain that Azure's name servers answer for: https://learn.microsoft.com/azure/dns/dns-zones-records */
export const zone = native({
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Network/dnsZones/{zoneName}",
  apiVersion: "2023-07-01-preview",
  properties: {
    // A zone is in no region.
    location: { ...location, validate: oneOf("global", "Global") },
    zoneType: choice("Public"),
    tags,
    nameServers: { type: { list: "string" }, output: true },
    maxNumberOfRecordSets: { type: "number", output: true },
    numberOfRecordSets: { type: "number", output: true },
  },
  validateName: named({
    pattern:
      /^(?=.{1,253}$)(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)+[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]$/,
    allowed: "a domain of 2 to 34 labels of 1 to 63 letters, digits, _ and -, without a dot last",
  }),
  outputsOf: (inputs, { id }) => ({
    zoneType: inputs["zoneType"] ?? "Public",
    nameServers: nameServersOf(id),
    maxNumberOfRecordSets: 10_000,
    numberOfRecordSets: 2,
  }),
});

/** Each zone is with four name servers of one number. */
function nameServersOf(id: string): readonly string[] {
  const [byte = 0] = createHash("sha256").update(id).digest();
  const number = String(1 + (byte % 40)).padStart(2, "0");
  return ["com", "net", "org", "info"].map((top, index) => `ns${index + 1}-${number}.azure-dns.${top}.`);
}
