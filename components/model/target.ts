import type * as pulumi from "@pulumi/pulumi";
import type { Demand } from "./capacity.ts";
import type { Watchable } from "./monitoring.ts";
import type { Endpoint, Reference, Setting } from "./reference.ts";
import type { ReplicatedServer } from "./replicated.ts";
import type { Schedule } from "./schedule.ts";
import type { SharedVolume, SharedVolumeArgs } from "./shared-volume.ts";
import type { JobWorkload, Recipe } from "./workload.ts";

/** Somewhere that workloads can run. */
export interface Target {
  /**
   * Checks that all of a platform fits, before any of it is made. Composing services by hand works without it: then
   * each is checked as it comes.
   *
   * @throws InputPropertiesError with the table and what to change
   */
  admit(plan: Readonly<Record<string, Demand>>): void;
  /** Keeps a workload running, and says where clients find it. */
  run(name: string, recipe: Recipe, placement: Placement): Endpoint;
  /**
   * Keeps a server running that copies its data itself, by whatever the target has for programs of its kind.
   *
   * @throws ResourceError if the target has nothing for it
   */
  replicate(name: string, server: ReplicatedServer, placement: Placement): Endpoint;
  /** Makes a folder that several workloads may have. It outlives them. */
  share(name: string, volume: SharedVolumeArgs, placement: Placement): SharedVolume;
  /** Names of the folders that somebody else fills, and that workloads here may have. */
  readonly folders: ReadonlySet<string>;
  /** Runs a job to its end once, and again only when it changed or failed. */
  complete(name: string, job: JobWorkload, placement: Placement): Step;
  /** Runs a job at given times. */
  repeat(name: string, job: JobWorkload, schedule: Schedule, placement: Placement): void;
  /** Leads requests from outside to services. */
  expose(name: string, exposure: Exposure, placement: Placement): void;
  /**
   * Keeps a named secret of several values for those who run the platform, where the target has a store of its own for
   * secrets; elsewhere the stack's state alone has them.
   */
  keepSecret(name: string, values: Readonly<Record<string, Setting>>, placement: Placement): void;
  /** All that runs here so far and publishes metrics, so that whoever refers to it reads each copy. */
  watch(placement: Pick<Placement, "parent">): readonly Watchable[];
  /**
   * Says beforehand at which Prometheus server all that is run from now on will have its metrics, so that copies can follow
   * them. It is run later, since it watches them; nothing waits for it, and until it answers, copies follow the rest.
   */
  followMetricsAt(server: MetricsServer): void;
  /** Whether workloads may see the machine that they run on. */
  readonly showsMachine: boolean;
  /** Where an exposed host name is reached, without a trailing slash; known before anything runs. */
  urlOf(host: string): string;
}

/** How a workload takes its place among the others. */
export interface Placement {
  readonly parent: pulumi.Resource;
  /** Steps that must have ended well before it starts. */
  readonly after?: readonly Step[];
  /**
   * Copies it would like; a target that can't have more runs one.
   *
   * @defaultValue 1
   */
  readonly copies?: number;
}

/** A Prometheus server that is going to run on a target. */
export interface MetricsServer {
  /** What it will be run by. */
  readonly name: string;
  readonly port: number;
}

/** Something that has ended well, or stops whatever waits for it. */
export interface Step {
  readonly done: pulumi.Input<pulumi.Resource>;
}

/** A public entry point: one host name, and what its paths lead to. */
export interface Exposure {
  /** Host name that browsers use. */
  readonly host: string;
  /** Services by path prefix; the longest that fits wins. */
  readonly routes: Readonly<Record<string, Route>>;
}

/** Where requests under a path go. */
export interface Route {
  /** An HTTP service, as `host:port`. */
  readonly to: Reference;
  /**
   * Whether the service sees the path without the prefix.
   *
   * @defaultValue false
   */
  readonly stripPrefix?: boolean;
}
