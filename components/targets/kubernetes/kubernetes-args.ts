import type * as pulumi from "@pulumi/pulumi";
import type { Cluster } from "./cluster.ts";
import type { EntryTls } from "./entry.ts";
import type { Folders } from "./folders.ts";

/** Arguments of a Kubernetes target. */
export interface KubernetesArgs {
  readonly cluster: Cluster;
  /**
   * Namespace that everything goes to; it is made, and closed to all that no reference opens.
   *
   * @defaultValue the target's name
   */
  readonly namespace?: string;
  /**
   * How the entry point proves who it is.
   *
   * @defaultValue "off"
   */
  readonly tls?: EntryTls;
  /**
   * Volumes that somebody else fills and that workloads may read, by the name that they know them by.
   *
   * @defaultValue none
   */
  readonly folders?: Folders;
  /**
   * Credentials for the registry of private images.
   *
   * @defaultValue none
   */
  readonly registry?: RegistryCredentials;
  /**
   * Time that a node may take to fetch an image, in seconds; it is added to the time that a service has to start.
   *
   * @defaultValue 120
   */
  readonly pullSeconds?: number;
  /**
   * Share of the requested processors and memory that is really asked for, from above 0 to 1. Less than 1 is for clusters
   * that are smaller than those in production; the limits stay.
   *
   * @defaultValue 1
   */
  readonly requestShare?: number;
  /**
   * Lets volumes go, with all that is on them, when they or the stack are deleted.
   *
   * @defaultValue false
   */
  readonly destroyData?: boolean;
}

/** Who may fetch images from a registry. */
export interface RegistryCredentials {
  /** Host name of the registry. */
  readonly server: string;
  readonly user: string;
  readonly password: pulumi.Input<string>;
}
