import type { Properties } from "../../provider/property.ts";
import type { ProviderFunction } from "../../provider/resource.ts";
import { output } from "../columns.ts";
import type { GoogleConfiguration } from "../configuration.ts";
import { agentEmail } from "../iam/agents.ts";
import { Place } from "../place.ts";
import { billingAccountOf, projectNumber } from "../projects/facts.ts";

const inputs = { projectId: { type: "string" } } as const satisfies Properties;

const outputs = {
  ...inputs,
  autoCreateNetwork: { type: "boolean", output: true },
  billingAccount: output,
  folderId: output,
  id: output,
  labels: { type: { map: "string" }, output: true },
  name: output,
  number: output,
  orgId: output,
} as const satisfies Properties;

/** Every project is there: the imagined cloud has nobody who would have made it. */
export const getProject: ProviderFunction<GoogleConfiguration> = {
  inputs,
  outputs,
  async call({ projectId }, { configuration }) {
    const { project } = new Place(
      { ...(projectId === undefined ? {} : { project: projectId }) },
      configuration,
    );
    return {
      autoCreateNetwork: true,
      billingAccount: billingAccountOf(project),
      folderId: "",
      id: `projects/${project}`,
      labels: {},
      name: project,
      number: projectNumber(project),
      orgId: "",
      projectId: project,
    };
  },
};

const serviceAccount = {
  emailAddress: output,
  id: output,
  member: output,
  project: { type: "string" },
  userProject: { type: "string" },
} as const satisfies Properties;

/** The account as which Cloud Storage encrypts: https://cloud.google.com/storage/docs/getting-service-agent */
export const getProjectServiceAccount: ProviderFunction<GoogleConfiguration> = {
  inputs: { project: serviceAccount.project, userProject: serviceAccount.userProject },
  outputs: serviceAccount,
  async call(args, { configuration }) {
    const { project } = new Place(args, configuration);
    const emailAddress = agentEmail("storage", project);
    return { ...args, emailAddress, id: emailAddress, member: `serviceAccount:${emailAddress}`, project };
  },
};
