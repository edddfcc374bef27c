import type { Properties } from "../../provider/property.ts";
import { oneOf } from "../../provider/validate.ts";
import { output, project } from "../columns.ts";
import { google } from "../google.ts";
import { agentEmail, type Agent } from "../iam/agents.ts";
import { Place } from "../place.ts";

/** Which of Google Cloud's own accounts acts for an API: https://cloud.google.com/iam/docs/service-agents */
const agents = {
  "artifactregistry.googleapis.com": "artifactRegistry",
  "compute.googleapis.com": "compute",
  "container.googleapis.com": "container",
  "storage.googleapis.com": "storage",
} as const satisfies Record<string, Agent>;

const properties = {
  email: output,
  member: output,
  project,
  service: { type: "string", required: true, replaces: true, validate: oneOf(...Object.keys(agents)) },
} as const satisfies Properties;

/** Has Google Cloud's own account for an API be there; it is never deleted. */
export const serviceIdentity = google({
  type: "serviceIdentities",
  api: "serviceusage.googleapis.com",
  properties,
  additive: true,
  remains: () => true,
  pathOf: ({ service }, { project: owner }) => `projects/${owner}/services/${service}`,
  outputsOf(inputs, { configuration }) {
    const agent = agents[inputs.service as keyof typeof agents];
    const email = agentEmail(agent, new Place(inputs, configuration).project);
    return { email, member: `serviceAccount:${email}` };
  },
});
