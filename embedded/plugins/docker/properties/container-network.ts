/**
 * The blocks of a container that connect it.
 * Source of the facts: the schema of the official plugin 5.1.0, which takes them from its Terraform provider 4.5.0.
 */
import { atLeast } from "../../provider/validate.ts";
import type { Properties } from "../../provider/property.ts";
import { emptyMeansAnyAddress } from "./rules.ts";

export const host = {
  host: { type: "string", required: true, replaces: true },
  ip: { type: "string", required: true, replaces: true },
} as const satisfies Properties;

export const networkData = {
  gateway: { type: "string", output: true },
  globalIpv6Address: { type: "string", output: true },
  globalIpv6PrefixLength: { type: "integer", output: true },
  ipAddress: { type: "string", output: true },
  ipPrefixLength: { type: "integer", output: true },
  ipv6Gateway: { type: "string", output: true },
  macAddress: { type: "string", output: true },
  networkName: { type: "string", output: true },
} as const satisfies Properties;

export const networkAdvanced = {
  aliases: { type: { set: "string" }, replaces: true },
  driverOpts: { type: { set: "string" }, replaces: true },
  gwPriority: { type: "integer", replaces: true, validate: atLeast(0) },
  ipv4Address: { type: "string", replaces: true },
  ipv6Address: { type: "string", replaces: true },
  linkLocalIps: { type: { set: "string" }, replaces: true },
  macAddress: { type: "string", replaces: true },
  name: { type: "string", required: true, replaces: true },
} as const satisfies Properties;

export const port = {
  external: { type: "integer", computed: true, replaces: true },
  internal: { type: "integer", required: true, replaces: true },
  ip: { type: "string", default: "0.0.0.0", replaces: true, suppress: emptyMeansAnyAddress },
  protocol: { type: "string", default: "tcp", replaces: true },
} as const satisfies Properties;
