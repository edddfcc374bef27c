import type { CloudArgs } from "../cloud-args.ts";

/** What a cluster takes on Google Cloud. */
export interface GkeArgs extends CloudArgs {
  /** Id of the project that all of it is made in. */
  readonly project: string;
  /**
   * Region of the cluster; its control plane and its nodes are spread over three zones of it.
   *
   * @defaultValue "us-central1"
   */
  readonly region?: string;
  /**
   * Zones of the region that nodes are in, as in ["us-central1-a", "us-central1-b"].
   *
   * @defaultValue three, which Google chooses
   */
  readonly zones?: readonly string[];
  /**
   * How soon Google rolls new versions of Kubernetes out to the cluster.
   *
   * @defaultValue "REGULAR"
   */
  readonly channel?: ReleaseChannel;
  /** Addresses in the network, in CIDR notation. */
  readonly ranges?: RangesArgs;
  /**
   * When Google may upgrade the cluster and its nodes.
   *
   * @defaultValue on Saturdays and Sundays from 02:00 to 10:00 UTC
   */
  readonly maintenance?: MaintenanceArgs;
  /**
   * Has Google's own Prometheus read what workloads publish; it costs by the sample.
   *
   * @defaultValue false: platforms bring a Prometheus of their own
   */
  readonly managedPrometheus?: boolean;
  /**
   * Google group "gke-security-groups@…" of the organization, whose groups RBAC may then name.
   *
   * @defaultValue none
   */
  readonly securityGroup?: string;
  /**
   * Uses what is there already instead of making it.
   *
   * @defaultValue all is made
   */
  readonly existing?: ExistingNetwork | ExistingCluster;
}

/** How soon a cluster gets new versions: https://cloud.google.com/kubernetes-engine/docs/concepts/release-channels */
export type ReleaseChannel = "RAPID" | "REGULAR" | "STABLE" | "EXTENDED";

/** Addresses of a network, in CIDR notation. */
export interface RangesArgs {
  /**
   * Those of nodes, at least a /27.
   *
   * @defaultValue "10.0.0.0/20"
   */
  readonly nodes?: string;
  /**
   * Those of pods; each node takes a /24 of it.
   *
   * @defaultValue "10.4.0.0/16", which is enough for 256 nodes
   */
  readonly pods?: string;
  /**
   * Those of Services in the cluster.
   *
   * @defaultValue "10.8.0.0/20"
   */
  readonly services?: string;
  /**
   * Those by which nodes reach the control plane: a /28 that nothing else in the network has.
   *
   * @defaultValue "172.16.0.0/28"
   */
  readonly controlPlane?: string;
}

/** A time that comes again, when Google may upgrade: at least 48 hours in any 32 days. */
export interface MaintenanceArgs {
  /** When it is for the first time, as in "2026-01-03T02:00:00Z". */
  readonly start: string;
  /** When it ends for the first time. */
  readonly end: string;
  /** How it comes again, by RFC 5545, as in "FREQ=WEEKLY;BYDAY=SA,SU". */
  readonly recurrence: string;
}

/**
 * A network of the same project that is there already, with a way to the internet for nodes that have no public address. Its
 * subnetwork lets them reach Google's services (Private Google Access).
 */
export interface ExistingNetwork {
  /** Name of the network. */
  readonly network: string;
  /** Name of the subnetwork in the cluster's region, which nodes get addresses of. */
  readonly subnetwork: string;
  /** Name of the subnetwork's secondary range for pods. */
  readonly podsRange: string;
  /** Name of the subnetwork's secondary range for Services. */
  readonly servicesRange: string;
}

/** A cluster that is there already; pools of its own are made in it. It has Workload Identity and private nodes. */
export interface ExistingCluster {
  /** Name of the cluster, which is in the same project and region. */
  readonly cluster: string;
}
