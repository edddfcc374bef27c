import { type Demand, demandOf, folderDemand } from "../../components/model/capacity.ts";
import type { Watchable } from "../../components/model/monitoring.ts";
import type { Endpoint, Setting } from "../../components/model/reference.ts";
import { replicatedDemand, type ReplicatedServer } from "../../components/model/replicated.ts";
import type { Schedule } from "../../components/model/schedule.ts";
import type { SharedVolume, SharedVolumeArgs } from "../../components/model/shared-volume.ts";
import type { Exposure, MetricsServer, Placement, Step, Target } from "../../components/model/target.ts";
import type { JobWorkload, Recipe } from "../../components/model/workload.ts";
import { portFacts, type Ungrouped, workloadFacts } from "./facts.ts";
import type { TargetFacts } from "./places.ts";
import { References } from "./references.ts";
import type { ExposureFacts, SharedFolderFacts, WatchedFacts } from "./topology.ts";

/** A target that has another do the work, and keeps what it was asked for. */
export class RecordedTarget implements Target {
  readonly workloads: Ungrouped[] = [];
  readonly sharedFolders: SharedFolderFacts[] = [];
  readonly exposures: ExposureFacts[] = [];
  readonly keptSecrets: Record<string, readonly string[]> = {};
  readonly references = new References();
  watched: readonly WatchedFacts[] = [];
  /** What counts against the target's capacity, by name. */
  readonly promised: Record<string, Demand> = {};
  readonly folders: ReadonlySet<string>;
  readonly showsMachine: boolean;
  readonly #target: Target;
  readonly #facts: TargetFacts;

  /** @param facts What is known of targets of its kind */
  constructor(target: Target, facts: TargetFacts) {
    this.#target = target;
    this.#facts = facts;
    this.folders = target.folders;
    this.showsMachine = target.showsMachine;
  }

  admit(plan: Readonly<Record<string, Demand>>): void {
    this.#target.admit(plan);
    this.#promise(plan);
  }

  run(name: string, recipe: Recipe, placement: Placement): Endpoint {
    const seen: Recipe = (site) => {
      const workload = recipe(site);
      const { ports = {}, probes, metrics, scaling } = workload;
      const max = this.#facts.scales ? (scaling?.max ?? site.copies) : site.copies;
      this.workloads.push({
        ...workloadFacts(name, "service", workload),
        copies: { min: site.copies, max },
        signals: this.#facts.scales ? (scaling?.signals ?? []).map(({ kind }) => kind) : [],
        ports: Object.entries(ports).map(([port, details]) => portFacts(port, details)),
        probes,
        metrics: metrics !== undefined,
        after: this.references.stepsBefore(workload, placement),
      });
      this.references.of(name, workload);
      this.#promise({ [name]: { ...demandOf(workload), copies: max } });
      return workload;
    };
    return this.references.named(name, this.#target.run(name, seen, placement));
  }

  replicate(name: string, server: ReplicatedServer, placement: Placement): Endpoint {
    const endpoint = this.references.named(name, this.#target.replicate(name, server, placement));
    const { copies, storageGiB, admin, identity = {} } = server;
    const env = { admin, ...identity };
    this.workloads.push({
      ...workloadFacts(name, "replicated", { ...server, env }),
      copies: { min: copies, max: copies },
      ports: Object.entries(endpoint.ports).map(([port, details]) => portFacts(port, details)),
      volumes: [{ name: "data", sizeGiB: storageGiB }],
      after: this.references.stepsBefore({ env }, placement),
    });
    this.#promise({ [name]: replicatedDemand(server) });
    return endpoint;
  }

  share(name: string, volume: SharedVolumeArgs, placement: Placement): SharedVolume {
    const { sizeGiB } = volume;
    this.sharedFolders.push({ name, sizeGiB });
    if (this.#facts.promises.sharedFolders) this.#promise({ [name]: folderDemand(sizeGiB) });
    return this.#target.share(name, volume, placement);
  }

  complete(name: string, job: JobWorkload, placement: Placement): Step {
    this.#job(name, job, placement);
    const step = this.#target.complete(name, job, placement);
    this.references.step(name, step);
    return step;
  }

  repeat(name: string, job: JobWorkload, schedule: Schedule, placement: Placement): void {
    this.#job(name, job, placement, schedule);
    if (this.#facts.promises.schedules) this.#promise({ [name]: demandOf(job) });
    this.#target.repeat(name, job, schedule, placement);
  }

  expose(name: string, exposure: Exposure, placement: Placement): void {
    const { host, routes } = exposure;
    for (const [path, { to, stripPrefix = false }] of Object.entries(routes))
      for (const destination of this.references.destinations(to))
        this.exposures.push({ entry: name, host, path, stripPrefix, ...destination });
    const { entry } = this.#facts.promises;
    if (entry) this.#promise({ [name]: entry });
    this.#target.expose(name, exposure, placement);
  }

  keepSecret(name: string, values: Readonly<Record<string, Setting>>, placement: Placement): void {
    this.keptSecrets[name] = Object.keys(values);
    this.#target.keepSecret(name, values, placement);
  }

  watch(placement: Pick<Placement, "parent">): readonly Watchable[] {
    const found = this.#target.watch(placement);
    // Where a credential is needed, and the name to ask at, are for Prometheus.
    this.watched = found.map(({ host: _host, credentials: _credentials, ...facts }) => facts);
    return found.map((watchable) => {
      const { name, host } = watchable;
      return { ...watchable, host: this.references.watched(name, host) };
    });
  }

  followMetricsAt(server: MetricsServer): void {
    this.#target.followMetricsAt(server);
  }

  urlOf(host: string): string {
    return this.#target.urlOf(host);
  }

  #job(name: string, job: JobWorkload, placement: Placement, schedule?: Schedule): void {
    this.workloads.push({
      ...workloadFacts(name, schedule ? "schedule" : "job", job),
      after: this.references.stepsBefore(job, placement),
      ...(schedule && { schedule }),
    });
    this.references.of(name, job);
  }

  /** What a plan says of a workload holds on where the workload itself says nothing of it. */
  #promise(plan: Readonly<Record<string, Demand>>): void {
    for (const [name, demand] of Object.entries(plan))
      this.promised[name] = { ...this.promised[name], ...demand };
  }
}
