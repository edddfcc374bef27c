import * as projects from "@pulumi/gcp/projects/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { GkeArgs } from "./gke-args.ts";

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
  registry: ["artifactregistry", "containerscanning"],
  zone: ["dns"],
  budget: ["billingbudgets"],
} as const satisfies Partial<Readonly<Record<keyof GkeArgs, readonly string[]>>>;

const EXTRAS = Object.keys(FOR) as readonly (keyof typeof FOR)[];

/**
 * Switches the APIs of the project on. They stay on when the cluster goes: others in the project may use them too
 * (https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/google_project_service).
 */
export function enableServices(
  name: string,
  args: GkeArgs,
  options: pulumi.CustomResourceOptions,
): projects.Service[] {
  const asked = EXTRAS.filter((extra) => args[extra]);
  return [...ALWAYS, ...asked.flatMap((extra) => FOR[extra])].map(
    (api) =>
      new projects.Service(
        `${name}-${api}`,
        { project: args.project, service: `${api}.googleapis.com`, disableOnDestroy: false },
        options,
      ),
  );
}
