import type { Demand } from "../../components/model/capacity.ts";
import type { Endpoint, Setting } from "../../components/model/reference.ts";
import type { Watchable } from "../../components/model/monitoring.ts";
import type { ReplicatedServer } from "../../components/model/replicated.ts";
import type { SharedVolume, SharedVolumeArgs } from "../../components/model/shared-volume.ts";
import type { Exposure, MetricsServer, Placement, Step, Target } from "../../components/model/target.ts";
import { watchable } from "../../components/model/watchable.ts";
import type { JobWorkload, Recipe, Workload } from "../../components/model/workload.ts";

/** A target that runs nothing, and keeps what it was asked for, by name. */
export class RecordingTarget implements Target {
  readonly plan: Record<string, Demand> = {};
  readonly workloads: Record<string, Workload> = {};
  readonly servers: Record<string, ReplicatedServer> = {};
  readonly jobs: Record<string, JobWorkload> = {};
  readonly exposures: Record<string, Exposure> = {};
  readonly shared: Record<string, SharedVolumeArgs> = {};
  readonly folders: Set<string>;
  readonly showsMachine = true;
  /** Names of the Prometheus servers that were announced. */
  readonly metricsServers: string[] = [];
  readonly kept: Record<string, Readonly<Record<string, Setting>>> = {};

  constructor(folders: readonly string[] = []) {
    this.folders = new Set(folders);
  }

  admit(plan: Readonly<Record<string, Demand>>): void {
    Object.assign(this.plan, plan);
  }

  run(name: string, recipe: Recipe, { parent, copies = 1 }: Placement): Endpoint {
    const workload = recipe({ host: name, copies, peers: [name] });
    this.workloads[name] = workload;
    return { host: name, ports: workload.ports ?? {}, ready: [parent] };
  }

  replicate(name: string, server: ReplicatedServer, { parent }: Placement): Endpoint {
    this.servers[name] = server;
    return { host: name, ports: { sql: { number: 5432 } }, ready: [parent] };
  }

  share(name: string, volume: SharedVolumeArgs, { parent }: Placement): SharedVolume {
    this.shared[name] = volume;
    return { name, ready: [parent] };
  }

  complete(name: string, job: JobWorkload, { parent }: Placement): Step {
    this.jobs[name] = job;
    return { done: parent };
  }

  repeat(): void {}

  expose(name: string, exposure: Exposure): void {
    this.exposures[name] = exposure;
  }

  watch(): readonly Watchable[] {
    return Object.entries(this.workloads).flatMap(([name, workload]) =>
      watchable(name, workload, { host: name, ports: workload.ports ?? {}, ready: [] }),
    );
  }

  followMetricsAt({ name }: MetricsServer): void {
    this.metricsServers.push(name);
  }

  keepSecret(name: string, values: Readonly<Record<string, Setting>>): void {
    this.kept[name] = values;
  }

  urlOf(host: string): string {
    return `http://${host}`;
  }
}
