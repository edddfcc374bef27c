import type { Properties } from "../../provider/property.ts";

/** One label of a container, network or volume. */
export const labels = {
  label: { type: "string", required: true, replaces: true },
  value: { type: "string", required: true, replaces: true },
} as const satisfies Properties;
