import { text } from "../../cloud/values.ts";
import type { Properties, Property } from "../../provider/property.ts";
import { between, oneOf } from "../../provider/validate.ts";
import type { Value } from "../../provider/value.ts";
import { inProject, output } from "../columns.ts";
import { sameName } from "../links.ts";
import { computeName } from "../rules.ts";

const traffic = {
  type: {
    set: {
      object: {
        ports: { type: { list: "string" }, validate: ports },
        protocol: { type: "string", required: true, validate: protocol },
      },
    },
  },
} as const satisfies Property;

const some = { type: { set: "string" } } as const satisfies Property;
const byAccount = { ...some, conflictsWith: ["sourceTags", "targetTags"] } as const;

/** Source of the facts: see ../columns.ts. */
export const firewallProperties = {
  ...inProject,
  allows: traffic,
  denies: traffic,
  description: { type: "string" },
  destinationRanges: { ...some, computed: true },
  direction: { type: "string", computed: true, replaces: true, validate: oneOf("INGRESS", "EGRESS") },
  disabled: { type: "boolean" },
  logConfig: {
    type: {
      object: {
        metadata: {
          type: "string",
          required: true,
          validate: oneOf("EXCLUDE_ALL_METADATA", "INCLUDE_ALL_METADATA"),
        },
      },
    },
  },
  name: { type: "string", autoName: true, replaces: true, validate: computeName },
  network: { type: "string", required: true, suppress: sameName },
  priority: { type: "integer", default: 1000, validate: between(0, 65_535) },
  selfLink: output,
  sourceRanges: some,
  sourceServiceAccounts: byAccount,
  sourceTags: some,
  targetServiceAccounts: byAccount,
  targetTags: some,
} as const satisfies Properties;

/** https://cloud.google.com/firewall/docs/firewalls#protocols_and_ports */
function protocol(value: Value): string | undefined {
  return typeof value === "string" && !/^(all|tcp|udp|icmp|esp|ah|sctp|ipip|\d{1,3})$/i.test(value)
    ? `'${value}' is no protocol: give tcp, udp, icmp, esp, ah, sctp, ipip, all, or a number`
    : undefined;
}

function ports(value: Value): string | undefined {
  const wrong = Array.isArray(value) ? value.filter((each) => !isPorts(text(each))) : [];
  return wrong.length > 0
    ? `'${wrong.join("', '")}' are no ports: give each as in '443' or '8000-8999'`
    : undefined;
}

function isPorts(given: string): boolean {
  const [, first = "", last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(given) ?? [];
  return first !== "" && Number(first) <= Number(last) && Number(last) <= 65_535;
}
