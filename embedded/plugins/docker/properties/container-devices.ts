/**
 * The blocks of a container that give it devices, and limit their use.
 * Source of the facts: the schema of the official plugin 5.1.0, which takes them from its Terraform provider 4.5.0.
 */
import { atLeast } from "../../provider/validate.ts";
import type { Properties } from "../../provider/property.ts";

export const deviceRate = {
  path: { type: "string", required: true },
  rate: { type: "integer", required: true, validate: atLeast(0) },
} as const satisfies Properties;

export const deviceRequest = {
  capabilities: { type: { set: "string" }, replaces: true },
  count: { type: "integer", default: 0, replaces: true },
  deviceIds: { type: { set: "string" }, replaces: true },
  driver: { type: "string", default: "cdi", replaces: true },
  options: { type: { map: "string" }, replaces: true },
} as const satisfies Properties;

export const device = {
  containerPath: { type: "string", replaces: true },
  hostPath: { type: "string", required: true, replaces: true },
  permissions: { type: "string", default: "rwm", replaces: true },
} as const satisfies Properties;
