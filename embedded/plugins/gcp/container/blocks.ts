/** Blocks that tables of clusters and node pools share. Source of the facts: see ../columns.ts. */
import type { Properties, Property } from "../../provider/property.ts";
import { oneOf } from "../../provider/validate.ts";

/** A feature that is switched on. */
export const switchable = {
  type: { object: { enabled: { type: "boolean", required: true } } },
  computed: true,
} as const satisfies Property;

/** A feature that is switched off. */
export const withdrawable = {
  type: { object: { disabled: { type: "boolean", required: true } } },
  computed: true,
} as const satisfies Property;

/** One setting out of a few. */
export function choice(...allowed: readonly string[]) {
  return { type: "string", required: true, validate: oneOf(...allowed) } as const satisfies Property;
}

/** What nodes are checked for at their start: https://cloud.google.com/kubernetes-engine/docs/how-to/shielded-gke-nodes */
const shieldedInstanceConfig = {
  type: {
    object: {
      enableIntegrityMonitoring: { type: "boolean", default: true, replaces: true },
      enableSecureBoot: { type: "boolean", default: false, replaces: true },
    },
  },
  computed: true,
  replaces: true,
} as const satisfies Property;

/** What nodes tell pods of themselves: https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity#metadata_server */
const workloadMetadataConfig = {
  type: {
    object: {
      mode: {
        type: "string",
        required: true,
        validate: oneOf("MODE_UNSPECIFIED", "GCE_METADATA", "GKE_METADATA"),
      },
    },
  },
  computed: true,
} as const satisfies Property;

export const readonlyPort = {
  type: "string",
  computed: true,
  validate: oneOf("TRUE", "FALSE"),
} as const satisfies Property;

/** Account that nodes act as. */
const nodeAccount = { type: "string", computed: true, replaces: true } as const satisfies Property;

/** The blocks of a node's configuration that the first pool of a cluster may have as well. */
export const commonNodeConfig = {
  serviceAccount: nodeAccount,
  shieldedInstanceConfig,
  workloadMetadataConfig,
} as const satisfies Properties;
