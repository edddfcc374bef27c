import { decimalDigits } from "../../cloud/ids.ts";
import type { Properties } from "../../provider/property.ts";
import { inProject, output } from "../columns.ts";
import { google } from "../google.ts";
import { accountId } from "../rules.ts";

const properties = {
  ...inProject,
  accountId: { type: "string", autoName: true, replaces: true, validate: accountId },
  createIgnoreAlreadyExists: { type: "boolean" },
  description: { type: "string" },
  disabled: { type: "boolean", default: false },
  displayName: { type: "string" },
  email: output,
  member: output,
  name: output,
  uniqueId: output,
} as const satisfies Properties;

export const serviceAccount = google({
  type: "serviceAccounts",
  api: "iam.googleapis.com",
  properties,
  pathOf: ({ accountId: account }, { project }) =>
    `projects/${project}/serviceAccounts/${account}@${project}.iam.gserviceaccount.com`,
  outputsOf(_, { id }) {
    const email = id.slice(id.lastIndexOf("/") + 1);
    return { email, member: `serviceAccount:${email}`, name: id, uniqueId: decimalDigits(id, 21) };
  },
});
