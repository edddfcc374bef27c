import type * as pulumi from "@pulumi/pulumi";
import type { AddOn } from "../../targets/kubernetes/cluster.ts";
import type { CloudArgs } from "../cloud-args.ts";

/** What a cluster takes on AWS. */
export interface EksArgs extends CloudArgs {
  /**
   * Region of everything.
   *
   * @defaultValue "us-west-2"
   */
  readonly region?: string;
  /**
   * Addresses of the network, which nodes and pods share: a private network of /16 to /20.
   *
   * @defaultValue "10.0.0.0/16"
   */
  readonly cidr?: string;
  /**
   * Gateways by which nodes reach the internet: one in each zone, or "one" for all, which costs a third, and whose zone takes the
   * way out along when it fails.
   *
   * @defaultValue "perZone"
   */
  readonly nat?: Nat;
  /**
   * ARNs of users and roles of IAM that may do everything in the cluster, beside the one that makes it, which may anyway and is
   * not to be named.
   *
   * @defaultValue none
   */
  readonly administrators?: readonly string[];
  /**
   * ARNs of users and roles of IAM that may see what is in the namespaces of the cluster, but for Secrets.
   *
   * @defaultValue none
   */
  readonly viewers?: readonly string[];
  /**
   * Uses a network, or a cluster with its network, that is there already instead of making one.
   *
   * @defaultValue both are made
   */
  readonly existing?: ExistingNetwork | ExistingCluster;
}

export type Nat = "one" | "perZone";

/** A network that is there already. */
export interface ExistingNetwork {
  /** Ids of private subnets in at least two zones, which reach the internet by NAT or AWS' services by endpoints. */
  readonly privateSubnetIds: readonly pulumi.Input<string>[];
}

/**
 * A cluster that is there already. Groups of nodes of its own are made in it; control plane, network, EKS add-ons, autoscaler and
 * storage classes stay as they are. It needs the EKS add-ons VPC CNI (with network policies), CoreDNS, kube-proxy, EBS CSI driver and
 * Pod Identity agent, and the cluster autoscaler.
 */
export interface ExistingCluster extends ExistingNetwork {
  /** Its name, in the same region. */
  readonly cluster: string;
  /**
   * Storage class for the platforms' volumes.
   *
   * @defaultValue the cluster's default
   */
  readonly storageClass?: string;
  /**
   * Add-ons that it has already, which are not installed again.
   *
   * @defaultValue the metrics server
   */
  readonly present?: readonly AddOn[];
}

/** Addresses of Services, which are the cluster's own and those of no network. */
export const SERVICE_CIDR = "172.20.0.0/16";
