import * as projects from "@pulumi/gcp/projects/index.js";
import type * as pulumi from "@pulumi/pulumi";

/** APIs that a cluster takes, and those of what beside it is asked for. */
const ALWAYS = [
  "cloudresourcemanager",
  "compute",
  "container",
  "iam",
  "iamcredentials",
  "cloudkms",
  "storage",
  "logging",
  "monitoring",
  "binaryauthorization",
  "containersecurity",
] as const;

const FOR = {
  registry: "artifactregistry",
  zone: "dns",
  budget: "billingbudgets",
} as const;

/** What a stack may ask for that has an API of its own. */
export type Extra = keyof typeof FOR;

/**
 * Switches the APIs of the project on. They stay on when the cluster goes: others in the project may use them too
 * (https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/google_project_service).
 */
export function enableServices(
  name: string,
  project: string,
  extras: readonly Extra[],
  options: pulumi.CustomResourceOptions,
): projects.Service[] {
  return [...ALWAYS, ...extras.map((extra) => FOR[extra])].map(
    (api) =>
      new projects.Service(
        `${name}-${api}`,
        { project, service: `${api}.googleapis.com`, disableOnDestroy: false },
        options,
      ),
  );
}
