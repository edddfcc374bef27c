import { decimalDigits } from "../../cloud/ids.ts";
import type { Properties } from "../../provider/property.ts";
import { inProject, output } from "../columns.ts";
import { google } from "../google.ts";
import { labelRules } from "../rules.ts";

/** Kinds of channels that need no secret, and the label that says where each leads: https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.notificationChannelDescriptors */
const addresses: Readonly<Record<string, string>> = {
  email: "email_address",
  pubsub: "topic",
  sms: "number",
};

const properties = {
  ...inProject,
  description: { type: "string" },
  displayName: { type: "string" },
  enabled: { type: "boolean", default: true },
  forceDelete: { type: "boolean", default: false },
  labels: { type: { map: "string" } },
  name: output,
  type: { type: "string", required: true },
  userLabels: { type: { map: "string" }, validate: labelRules },
  verificationStatus: output,
} as const satisfies Properties;

export const notificationChannel = google({
  type: "notificationChannels",
  api: "monitoring.googleapis.com",
  properties,
  judge({ type, labels = {} }) {
    const address = addresses[type];
    if (address === undefined)
      return `the embedded gcp plugin knows no notification channels of the type "${type}": give one of ${Object.keys(addresses).join(", ")}`;
    const given = labels[address];
    if (given === undefined || (type === "email" && !/^[^@\s]+@[^@\s]+$/.test(given)))
      return `googleapi: Error 400: a channel of the type "${type}" takes the label "${address}", which is ${given === undefined ? "missing" : `"${given}"`}, badRequest`;
    return undefined;
  },
  pathOf: (_, { project }, seed) => `projects/${project}/notificationChannels/${decimalDigits(seed, 19)}`,
  outputsOf: (_, { id }) => ({ name: id }),
});
