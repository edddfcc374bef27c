import type * as pulumi from "@pulumi/pulumi";
import type { NodeSettings } from "./node-pools.ts";
import type { Lasting } from "./protection.ts";

/** A cluster with its first pool, whether it was made or there already. */
export interface AksCluster {
  readonly name: pulumi.Output<string>;
  readonly resourceGroup: pulumi.Output<string>;
  /** The group for nodes, disks and load balancers, which AKS makes itself. */
  readonly nodeResourceGroup: pulumi.Output<string>;
  /** Issuer of the tokens of service accounts. */
  readonly issuer: pulumi.Output<string>;
  /** Object id in Entra ID of what nodes act as. */
  readonly kubelet: pulumi.Output<string>;
  /** What further pools have in common with the first. */
  readonly nodes: NodeSettings;
  /** What has to be there before something runs on the first pool. */
  readonly general: pulumi.Resource;
  /**
   * Id of the subnet that reaches blobs by a service endpoint.
   *
   * @defaultValue none is known to
   */
  readonly storageSubnet?: pulumi.Output<string>;
  /** What deletion protection is about, by what it is. */
  readonly lasting: Readonly<Record<string, Lasting>>;
}

/** The identity that AKS makes for nodes. */
export function kubeletOf(
  profiles: { readonly [key: string]: { readonly objectId?: string } } | undefined,
): string {
  const { objectId } = profiles?.["kubeletidentity"] ?? {};
  if (!objectId)
    throw new Error("the cluster has no identity for its nodes; it has to be one with managed identities");
  return objectId;
}

/** Where the tokens of service accounts come from. */
export function issuerOf(profile: { readonly issuerURL?: string } | undefined): string {
  if (!profile?.issuerURL)
    throw new Error(
      "the cluster has no OIDC issuer; switch it on with: az aks update --enable-oidc-issuer --enable-workload-identity",
    );
  return profile.issuerURL;
}
