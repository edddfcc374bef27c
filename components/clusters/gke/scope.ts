import { getProjectOutput } from "@pulumi/gcp/organizations/index.js";
import { Provider } from "@pulumi/gcp/provider.js";
import * as pulumi from "@pulumi/pulumi";
import type { GkeArgs } from "./gke-args.ts";
import { enableServices } from "./services.ts";

/** What all parts of a cluster on Google Cloud share. */
export interface GkeScope {
  /** Name of the cluster, which begins the names of all that belongs to it. */
  readonly name: string;
  readonly project: string;
  /** Number of the project, by which identities are named. */
  readonly projectNumber: pulumi.Output<string>;
  /** Who pays for the project. */
  readonly billingAccount: pulumi.Output<string>;
  readonly region: string;
  readonly provider: Provider;
  /** Labels of what the provider doesn't label by itself. */
  readonly labels: Readonly<Record<string, string>>;
  /** What may not be deleted is not. */
  readonly protect: boolean;
  /** Options of a resource: it belongs to the cluster, and waits for the project's services. */
  readonly options: (own?: OwnOptions) => pulumi.CustomResourceOptions;
  /** Options of a question to Google Cloud, which waits for the project's services, too. */
  readonly asking: pulumi.InvokeOutputOptions;
}

/** Options of one resource, beside those of all. */
export interface OwnOptions extends Omit<pulumi.CustomResourceOptions, "dependsOn"> {
  readonly dependsOn?: readonly pulumi.Resource[];
}

/** Region of a cluster that states none. */
export const REGION = "us-central1";

/** Makes the provider, and switches the project's services on: everything else needs both. */
export function makeScope(name: string, args: GkeArgs, parent: pulumi.Resource): GkeScope {
  const { project, region = REGION, tags, deletionProtection = true } = args;
  const labels = { keelson: name, ...tags };
  const provider = new Provider(
    name,
    { project, region, defaultLabels: labels, ...(args.budget && budgetQuota(project)) },
    { parent },
  );
  const services = enableServices(name, args, { parent, provider });
  const asking = { parent, provider, dependsOn: services };
  const found = getProjectOutput({ projectId: project }, asking);
  const options: GkeScope["options"] = ({ dependsOn = [], ...own } = {}) => ({
    parent,
    provider,
    ...own,
    dependsOn: [...services, ...dependsOn],
  });
  return {
    name,
    project,
    projectNumber: found.number,
    billingAccount: found.billingAccount,
    region,
    provider,
    labels,
    protect: deletionProtection,
    options,
    asking,
  };
}

/** Budgets belong to a billing account, so that their API asks which project its quota is counted against. */
function budgetQuota(project: string) {
  return { billingProject: project, userProjectOverride: true };
}
