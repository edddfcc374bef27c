import type { Demand } from "../../components/model/capacity.ts";
import type { Endpoint, Grant, Setting } from "../../components/model/reference.ts";
import type { Watchable } from "../../components/model/monitoring.ts";
import type { ReplicatedServer } from "../../components/model/replicated.ts";
import type { Schedule } from "../../components/model/schedule.ts";
import type { SharedVolume, SharedVolumeArgs } from "../../components/model/shared-volume.ts";
import type { Exposure, MetricsServer, Placement, Step, Target } from "../../components/model/target.ts";
import { type JobWorkload, permissionsOf, type Recipe } from "../../components/model/workload.ts";

/** A target that has another do the work, and writes down who refers to what: `client → host:port`. */
export class Recorder implements Target {
  /** References to what runs on the target. */
  readonly references: string[] = [];
  /** References to what runs elsewhere. */
  readonly outside: string[] = [];
  /** What requests from outside are led to. */
  readonly exposed: string[] = [];
  readonly folders: ReadonlySet<string>;
  readonly showsMachine: boolean;
  readonly #target: Target;

  constructor(target: Target) {
    this.#target = target;
    this.folders = target.folders;
    this.showsMachine = target.showsMachine;
  }

  admit(plan: Readonly<Record<string, Demand>>): void {
    this.#target.admit(plan);
  }

  run(name: string, recipe: Recipe, placement: Placement): Endpoint {
    const recorded: Recipe = (site) => {
      const workload = recipe(site);
      this.#record(name, permissionsOf(workload));
      return workload;
    };
    return this.#target.run(name, recorded, placement);
  }

  replicate(name: string, server: ReplicatedServer, placement: Placement): Endpoint {
    return this.#target.replicate(name, server, placement);
  }

  share(name: string, volume: SharedVolumeArgs, placement: Placement): SharedVolume {
    return this.#target.share(name, volume, placement);
  }

  complete(name: string, job: JobWorkload, placement: Placement): Step {
    this.#record(name, permissionsOf(job));
    return this.#target.complete(name, job, placement);
  }

  repeat(name: string, job: JobWorkload, schedule: Schedule, placement: Placement): void {
    this.#record(name, permissionsOf(job));
    this.#target.repeat(name, job, schedule, placement);
  }

  expose(name: string, exposure: Exposure, placement: Placement): void {
    const grants = Object.values(exposure.routes).flatMap(({ to }) => to.grants);
    this.exposed.push(...grants.map(destinationOf));
    this.#target.expose(name, exposure, placement);
  }

  watch(placement: Pick<Placement, "parent">): readonly Watchable[] {
    return this.#target.watch(placement);
  }

  followMetricsAt(server: MetricsServer): void {
    this.#target.followMetricsAt(server);
  }

  keepSecret(name: string, values: Readonly<Record<string, Setting>>, placement: Placement): void {
    this.#target.keepSecret(name, values, placement);
  }

  urlOf(host: string): string {
    return this.#target.urlOf(host);
  }

  #record(client: string, grants: readonly Grant[]): void {
    for (const grant of grants) {
      const list = grant.endpoint.outside ? this.outside : this.references;
      list.push(`${client} → ${destinationOf(grant)}`);
    }
  }
}

function destinationOf({ endpoint, port }: Grant): string {
  return `${endpoint.host}:${endpoint.ports[port]!.number}`;
}
