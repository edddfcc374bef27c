import type * as pulumi from "@pulumi/pulumi";

/** What everything of one cluster on AWS shares. */
export interface EksScope {
  /** Name of the component: begins the names of its Pulumi resources. */
  readonly name: string;
  /** Name of the cluster: another one only where it was there already. */
  readonly clusterName: string;
  readonly region: string;
  /** Number of the account that everything is made in. */
  readonly account: pulumi.Output<string>;
  /** Tags of all that can have some; the provider sets them, but where AWS passes them on to nothing. */
  readonly tags: Readonly<Record<string, string>>;
  /** Whether deletion of what can't be had again is refused. */
  readonly deletionProtection: boolean;
  /** Resource options with the component as parent and its own provider. */
  readonly options: (own?: pulumi.CustomResourceOptions) => pulumi.CustomResourceOptions;
}

/** Options of what holds data, or what others of the account stand on: Pulumi refuses to delete it while it is protected. */
export function protectedOptions(scope: EksScope): pulumi.CustomResourceOptions {
  return scope.options({ protect: scope.deletionProtection });
}

/** The tag by which AWS' console shows something; the cluster's tags are those of the provider. */
export function named(name: string): { readonly tags: Record<string, string> } {
  return { tags: { Name: name } };
}
