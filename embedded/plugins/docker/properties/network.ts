/**
 * What a network takes and answers.
 * Source of the facts: the schema of the official plugin 5.1.0, which takes them from its Terraform provider 4.5.0.
 */
import type { Properties } from "../../provider/property.ts";
import { labels } from "./labels.ts";

export const networkProperties = {
  attachable: { type: "boolean", replaces: true },
  driver: { type: "string", computed: true, replaces: true },
  ingress: { type: "boolean", replaces: true },
  internal: { type: "boolean", computed: true, replaces: true },
  ipamConfigs: {
    type: {
      set: {
        object: {
          auxAddress: { type: { map: "string" }, replaces: true },
          gateway: { type: "string", replaces: true },
          ipRange: { type: "string", replaces: true },
          subnet: { type: "string", replaces: true },
        },
      },
    },
    computed: true,
    replaces: true,
  },
  ipamDriver: { type: "string", default: "default", replaces: true },
  ipamOptions: { type: { map: "string" }, replaces: true },
  ipv6: { type: "boolean", replaces: true },
  labels: { type: { set: { object: labels } }, replaces: true },
  name: { type: "string", autoName: true, replaces: true },
  options: { type: { map: "string" }, computed: true, replaces: true },
  scope: { type: "string", output: true },
} as const satisfies Properties;
