/**
 * What a volume takes and answers.
 * Source of the facts: the schema of the official plugin 5.1.0, which takes them from its Terraform provider 4.5.0.
 */
import { oneOf } from "../../provider/validate.ts";
import type { Properties } from "../../provider/property.ts";
import { labels } from "./labels.ts";

export const volumeProperties = {
  cluster: {
    type: {
      object: {
        availability: { type: "string", default: "active", validate: oneOf("active", "pause", "drain") },
        group: { type: "string", default: "", replaces: true },
        id: { type: "string", output: true },
        limitBytes: { type: "string", replaces: true },
        requiredBytes: { type: "string", replaces: true },
        scope: { type: "string", default: "single", replaces: true, validate: oneOf("single", "multi") },
        sharing: {
          type: "string",
          default: "none",
          replaces: true,
          validate: oneOf("none", "readonly", "onewriter", "all"),
        },
        topologyPreferred: { type: "string", default: "", replaces: true },
        topologyRequired: { type: "string", default: "", replaces: true },
        type: { type: "string", default: "block", replaces: true, validate: oneOf("mount", "block") },
      },
    },
  },
  driver: { type: "string", computed: true, replaces: true },
  driverOpts: { type: { map: "string" }, replaces: true },
  labels: { type: { set: { object: labels } }, replaces: true },
  mountpoint: { type: "string", output: true },
  name: { type: "string", autoName: true, computed: true, replaces: true },
} as const satisfies Properties;
