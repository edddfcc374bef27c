/**
 * The blocks of a container that give it files: mounts, volumes, uploads.
 * Source of the facts: the schema of the official plugin 5.1.0, which takes them from its Terraform provider 4.5.0.
 */
import { matches, oneOf } from "../../provider/validate.ts";
import type { Properties } from "../../provider/property.ts";
import { absolutePath, base64 } from "./rules.ts";
import { labels } from "./labels.ts";

export const mount = {
  bindOptions: {
    type: {
      object: {
        propagation: {
          type: "string",
          validate: oneOf("private", "rprivate", "shared", "rshared", "slave", "rslave"),
        },
      },
    },
  },
  readOnly: { type: "boolean" },
  source: { type: "string" },
  target: { type: "string", required: true },
  tmpfsOptions: {
    type: {
      object: {
        mode: { type: "integer" },
        sizeBytes: { type: "integer" },
      },
    },
    replaces: true,
  },
  type: { type: "string", required: true, validate: oneOf("bind", "volume", "tmpfs") },
  volumeOptions: {
    type: {
      object: {
        driverName: { type: "string" },
        driverOptions: { type: { map: "string" } },
        labels: { type: { set: { object: labels } } },
        noCopy: { type: "boolean" },
        subpath: { type: "string", replaces: true },
      },
    },
  },
} as const satisfies Properties;

export const upload = {
  content: { type: "string", replaces: true },
  contentBase64: { type: "string", replaces: true, validate: base64 },
  executable: { type: "boolean", default: false, replaces: true },
  file: { type: "string", required: true, replaces: true },
  permissions: { type: "string", replaces: true, validate: matches(/^0[0-7]{3}$/) },
  source: { type: "string", replaces: true },
  sourceHash: { type: "string", replaces: true },
} as const satisfies Properties;

export const volume = {
  containerPath: { type: "string", replaces: true },
  fromContainer: { type: "string", replaces: true },
  hostPath: { type: "string", replaces: true, validate: absolutePath },
  readOnly: { type: "boolean", replaces: true },
  selinuxRelabel: { type: "string", replaces: true, validate: oneOf("z", "Z") },
  volumeName: { type: "string", replaces: true },
} as const satisfies Properties;
