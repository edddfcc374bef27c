import type * as pulumi from "@pulumi/pulumi";
import type { Reference } from "../../model/reference.ts";
import type { ClusterEntry } from "./cluster.ts";
import type { EntryTls } from "./entry.ts";
import type { NetworkPolicies } from "./network.ts";
import type { Scope } from "./scope.ts";

/** All that it takes to make the objects of a workload. */
export interface Workshop extends Scope {
  readonly entry: ClusterEntry;
  readonly tls: EntryTls;
  readonly network: NetworkPolicies;
  /** Prometheus server that is to have what workloads publish; nothing in the stack reads it where it is left out. */
  readonly metricsServer?: Reference;
  /** Goes into digests, so that what is digested can't be guessed. */
  readonly salt: pulumi.Output<string>;
  /** Secrets with which nodes fetch private images. */
  readonly pullSecrets: readonly pulumi.Input<string>[];
  /** Time that a node may take to fetch an image, in seconds. */
  readonly pullSeconds: number;
  /** Share of the requested processors and memory that is really asked for. */
  readonly requestShare: number;
  /** Claims of the volumes that somebody else fills, by the name of the folder. */
  readonly folders: ReadonlyMap<string, pulumi.Resource>;
  /** Pools of nodes that were made for what runs here, which waits for them. */
  readonly pools: readonly pulumi.Resource[];
  /** Volumes may go when their resource goes. */
  readonly destroyData: boolean;
}
