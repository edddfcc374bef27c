/**
 * Service accounts of a project, those that programs make and Google Cloud's own: the latter are there once their API is
 * switched on (https://cloud.google.com/iam/docs/service-agents).
 */
import { projectNumber } from "../projects/facts.ts";

const domains = {
  artifactRegistry: "gcp-sa-artifactregistry",
  compute: "compute-system",
  container: "container-engine-robot",
  storage: "gs-project-accounts",
} as const;

/** Who acts as one of Google Cloud's own accounts. */
export type Agent = keyof typeof domains;

export function agentEmail(agent: Agent, project: string): string {
  return `service-${projectNumber(project)}@${domains[agent]}.iam.gserviceaccount.com`;
}

/** The account, if it is one that a program makes; nothing of "default" and of Google Cloud's own. */
export function ownAccount(email: string): string | undefined {
  return /^(?!service-\d+@)[^@]+@[^.]+\.iam\.gserviceaccount\.com$/.test(email) ? email : undefined;
}

/** The account in `serviceAccount:EMAIL`, if it is one that a program makes; nothing of other principals. */
export function ownAccountIn(member: string): string | undefined {
  const [, email] = /^serviceAccount:(.+)$/.exec(member) ?? [];
  return email === undefined ? undefined : ownAccount(email);
}
