import type * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

/** What all parts of a cluster on Google Cloud share. */
export interface GkeScope {
  /** Name of the cluster, which begins the names of all that belongs to it. */
  readonly name: string;
  readonly project: string;
  /** Number of the project, by which identities are named. */
  readonly projectNumber: pulumi.Output<string>;
  readonly region: string;
  readonly provider: gcp.Provider;
  /** Labels of what Google Cloud doesn't label by itself. */
  readonly labels: Readonly<Record<string, string>>;
  /** What may not be deleted is not. */
  readonly protect: boolean;
  /** Options of a resource: it belongs to the cluster, and waits for the project's services. */
  readonly options: (own?: OwnOptions) => pulumi.CustomResourceOptions;
}

/** Options of one resource, beside those of all. */
export interface OwnOptions extends Omit<pulumi.CustomResourceOptions, "dependsOn"> {
  readonly dependsOn?: readonly pulumi.Resource[];
}
