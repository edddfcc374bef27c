/** DNS zones. Source of the facts: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route53_zone */
import { characters, decimalDigits } from "../cloud/ids.ts";
import { named } from "../cloud/names.ts";
import { onAws, output, outputs, tagged } from "./define.ts";

/** Each zone has a server in each of four top-level domains. */
const DOMAINS = ["com", "net", "org", "co.uk"];

export const zone = onAws({
  type: "zones",
  properties: {
    ...tagged,
    comment: { type: "string", default: "Managed by Pulumi" },
    forceDestroy: { type: "boolean", default: false },
    name: {
      type: "string",
      required: true,
      replaces: true,
      validate: named({
        pattern: /^([a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.?$/,
        allowed: "a domain, as ai.example.com",
      }),
    },
    arn: output,
    nameServers: outputs,
    primaryNameServer: output,
    zoneId: output,
  },
  idOf: (_, { seed }) => `Z${characters(seed, 20, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")}`,
  outputsOf(_, { id }) {
    const nameServers = DOMAINS.map((domain) => {
      const number = Number(decimalDigits(`${id} ${domain}`, 4)) % 2048;
      return `ns-${number}.awsdns-${String(number % 64).padStart(2, "0")}.${domain}`;
    });
    return {
      arn: `arn:aws:route53:::hostedzone/${id}`,
      nameServers: nameServers.toSorted(),
      primaryNameServer: nameServers[0] ?? "",
      zoneId: id,
    };
  },
});
