import type { CloudArgs } from "../cloud-args.ts";

/** What a cluster on Azure takes. */
export interface AksArgs extends CloudArgs {
  /** Azure's own name of a region with availability zones, as in "eastus2". */
  readonly region: string;
  /**
   * Subscription to make everything in.
   *
   * @defaultValue the one that the signed-in account uses
   */
  readonly subscription?: string;
  /**
   * Availability zones of the nodes; none in a region without zones.
   *
   * @defaultValue all three
   */
  readonly zones?: readonly string[];
  /**
   * Object ids in Entra ID of users, groups or service principals that may do everything in the cluster. The account that the
   * program runs as has to be among them.
   *
   * @defaultValue the account that the program runs as
   */
  readonly administrators?: readonly string[];
  /**
   * How kubelogin obtains a token wherever the kubeconfig is used.
   *
   * @defaultValue "azurecli": from the account that `az login` signed in
   */
  readonly login?: Login;
  /**
   * When upgrades of Kubernetes' patches and of the nodes' images may begin; they may take four hours.
   *
   * @defaultValue Sundays at 02:00 UTC
   */
  readonly maintenance?: { readonly day: Weekday; readonly hour: number };
  /**
   * Encrypts the nodes' own disks and caches on their hosts too. The subscription has to have the feature
   * `Microsoft.Compute/EncryptionAtHost` registered.
   *
   * @defaultValue true
   */
  readonly hostEncryption?: boolean;
  /**
   * Uses what is there already instead of making it.
   *
   * @defaultValue all is made
   */
  readonly existing?: ExistingNetwork | ExistingCluster;
}

/** Ways in which kubelogin signs in without asking: https://azure.github.io/kubelogin/concepts/login-modes.html */
export type Login = "azurecli" | "azd" | "msi" | "spn" | "workloadidentity";

export type Weekday = "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday";

/** A network that is there already. */
export interface ExistingNetwork {
  /** Id of the subnet for nodes, which has the service endpoint `Microsoft.Storage`. */
  readonly nodes: string;
  /** Id of the subnet for the API server: /28 or more, delegated to `Microsoft.ContainerService/managedClusters`. */
  readonly apiServer: string;
  /**
   * How nodes reach the internet: by the subnet's NAT gateway, or by its route table.
   *
   * @defaultValue "userAssignedNATGateway"
   */
  readonly outbound?: "userAssignedNATGateway" | "userDefinedRouting";
}

/**
 * A cluster that is there already; pools of its own are made in it, named "general", "memory" and "gpu". It has the OIDC issuer
 * and Workload Identity, and the account that the program runs as may do everything in it.
 */
export interface ExistingCluster {
  /** Name of the cluster. */
  readonly cluster: string;
  /** Name of its resource group. */
  readonly resourceGroup: string;
}
