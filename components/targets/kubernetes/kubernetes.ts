import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random";
import { type Demand, demandOf } from "../../model/capacity.ts";
import type { Watchable } from "../../model/monitoring.ts";
import { judgeNodes } from "../../model/node-capacity.ts";
import { type Endpoint, ref, Reference, type Setting, textOf } from "../../model/reference.ts";
import { replicatedDemand, type ReplicatedServer } from "../../model/replicated.ts";
import { cronOf, type Schedule } from "../../model/schedule.ts";
import type { SharedVolume, SharedVolumeArgs } from "../../model/shared-volume.ts";
import type { Exposure, MetricsServer, Placement, Step, Target } from "../../model/target.ts";
import { watchable } from "../../model/watchable.ts";
import type { JobWorkload, Recipe, Workload } from "../../model/workload.ts";
import { makePullSecret } from "./accounts.ts";
import { type NodePool, TRAEFIK } from "./cluster.ts";
import { makeDeployment } from "./deployment.ts";
import { entryUrl } from "./entry.ts";
import { expose } from "./exposure.ts";
import { claimFolders } from "./folders.ts";
import { jobSpec, jobTimeouts, RUN_AGAIN } from "./jobs.ts";
import type { KubernetesArgs } from "./kubernetes-args.ts";
import { monitor } from "./monitors.ts";
import { makeNamespace } from "./namespace.ts";
import { NetworkPolicies } from "./network.ts";
import { makePools, type NodePools, poolsOf, poolsToMake } from "./node-pools.ts";
import { replicate, unoperated } from "./operators/index.ts";
import { prepareJob } from "./prepared-pod.ts";
import { makeQuota } from "./quota.ts";
import { installed, metadata, type Scope } from "./scope.ts";
import { makeClientService, makePeersService, peersName, peersOf } from "./services.ts";
import { makeShared } from "./shared-volumes.ts";
import { makeStatefulSet } from "./stateful-set.ts";
import { tlsNeeds } from "./tls.ts";
import type { Workshop } from "./workshop.ts";

/** A workload that publishes metrics. */
interface Published {
  readonly name: string;
  readonly workload: Workload;
  readonly ready: pulumi.Resource;
}

/** A namespace of a cluster, closed to all that no reference opens. Its name begins the names of its Pulumi resources. */
export class Kubernetes extends pulumi.ComponentResource implements Target {
  readonly folders: ReadonlySet<string>;
  /** What runs in a namespace that keeps the restricted standard sees nothing of its node. */
  readonly showsMachine = false;
  #workshop: Workshop;
  #pools: NodePools;
  readonly #published: Published[] = [];
  readonly #promised: Record<string, Demand> = {};

  constructor(name: string, args: KubernetesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:targets:Kubernetes", name, {}, opts);
    const { cluster, namespace = name, tls = { kind: "off" }, pullSeconds = 120 } = args;
    const { registry, requestShare = 1, destroyData = false, folders = {} } = args;
    this.folders = new Set(Object.keys(folders));
    const { kubeconfig, context, entry = TRAEFIK } = cluster;
    const provider = new k8s.Provider(
      name,
      {
        ...(kubeconfig !== undefined && { kubeconfig }),
        ...(context !== undefined && { context }),
        // Otherwise a changed secret is replaced, and every workload that reads it is deleted and made again.
        enableSecretMutable: true,
        enableConfigMapMutable: true,
      },
      { parent: this },
    );
    const options: Scope["options"] = (own = {}) => ({ parent: this, provider, ...own });
    this.#pools = poolsOf(cluster);
    const empty = { prefix: name, cluster: { ...cluster, nodes: this.#pools.there }, options };
    const addOns = installed(empty, ...tlsNeeds(tls));
    const scope: Scope = { ...empty, namespace: makeNamespace(namespace, empty, destroyData, addOns) };
    // Pools that may be made count as well, lest the quota changes when they are.
    makeQuota(scope, cluster.nodes);
    this.#workshop = {
      ...scope,
      entry,
      tls,
      pullSeconds,
      requestShare,
      folders: claimFolders(folders, { ...scope, destroyData }),
      destroyData,
      network: new NetworkPolicies(scope),
      pools: [],
      salt: new RandomPassword(`${name}-salt`, { length: 32, special: false }, { parent: this }).result,
      pullSecrets: registry ? [makePullSecret(registry, scope).metadata.name] : [],
    };
    this.registerOutputs({});
  }

  admit(plan: Readonly<Record<string, Demand>>): void {
    Object.assign(this.#promised, plan);
    const missing = unoperated(plan, this.#workshop.cluster.features);
    if (missing.length > 0) throw this.#refusal(missing.join("; "));
    const { requestShare } = this.#workshop;
    const made = poolsToMake(this.#promised, this.#pools, requestShare);
    const nodes = [...this.#pools.there, ...made];
    const { fits, excess, table, offloads } = judgeNodes(this.#promised, nodes, requestShare);
    if (fits) return this.#make(made);
    const advice = "lower what is asked for, leave something out or state larger or more nodes";
    const reason = `this does not fit the cluster's nodes: ${excess.join("; ")}; ${advice}`;
    throw this.#refusal([reason, ...offloads, table].join("\n"));
  }

  run(name: string, recipe: Recipe, placement: Placement): Endpoint {
    const { copies = 1 } = placement;
    const workload = recipe({ host: name, copies, peers: peersOf(name, copies) });
    this.admit({ [name]: { ...this.#promised[name], ...demandOf(workload, copies) } });
    const { ports = {}, volumes = {} } = workload;
    this.#workshop.network.own(name, name);
    if (Object.keys(ports).length > 0)
      makeClientService(name, workload, copies, this.#workshop, placement.parent);
    const keep = Object.keys(volumes).length > 0 ? makeStatefulSet : makeDeployment;
    const ready = keep(name, workload, copies, placement, this.#workshop);
    if (workload.metrics) this.#published.push({ name, workload, ready });
    monitor(name, workload, this.#workshop, placement.parent);
    return { host: name, ports, ready: [ready] };
  }

  replicate(name: string, server: ReplicatedServer, placement: Placement): Endpoint {
    this.admit({ [name]: replicatedDemand(server) });
    return replicate(name, server, this.#workshop, this.#workshop.network, placement);
  }

  share(name: string, volume: SharedVolumeArgs, { parent }: Placement): SharedVolume {
    return makeShared(name, volume, this.#workshop, parent);
  }

  complete(name: string, job: JobWorkload, placement: Placement): Step {
    const { template, dependsOn } = prepareJob(name, job, placement, this.#workshop);
    const done = new k8s.batch.v1.Job(
      this.#unique(name),
      { metadata: metadata(this.#workshop, name, { annotations: RUN_AGAIN }), spec: jobSpec(job, template) },
      this.#workshop.options({
        parent: placement.parent,
        dependsOn,
        deleteBeforeReplace: true,
        customTimeouts: jobTimeouts(job),
      }),
    );
    return { done };
  }

  repeat(name: string, job: JobWorkload, schedule: Schedule, placement: Placement): void {
    const { template, dependsOn } = prepareJob(name, job, placement, this.#workshop);
    new k8s.batch.v1.CronJob(
      this.#unique(name),
      {
        metadata: metadata(this.#workshop, name),
        spec: {
          schedule: cronOf(schedule),
          timeZone: "Etc/UTC",
          concurrencyPolicy: "Forbid",
          jobTemplate: { spec: jobSpec(job, template) },
        },
      },
      this.#workshop.options({ parent: placement.parent, dependsOn }),
    );
  }

  expose(name: string, exposure: Exposure, placement: Placement): void {
    const grants = Object.values(exposure.routes).flatMap(({ to }) => to.grants);
    this.#workshop.network.openToEntry(name, grants, placement.parent);
    expose(name, exposure, this.#workshop, this.#workshop.tls, placement);
  }

  keepSecret(name: string, values: Readonly<Record<string, Setting>>, { parent }: Placement): void {
    const stringData = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, textOf(value)]));
    new k8s.core.v1.Secret(
      this.#unique(name),
      { metadata: metadata(this.#workshop, name), stringData },
      this.#workshop.options({ parent }),
    );
  }

  watch({ parent }: Pick<Placement, "parent">): readonly Watchable[] {
    return this.#published.flatMap(({ name, workload, ready }) => {
      const { ports = {}, volumes = {} } = workload;
      const host = peersName(name);
      this.#workshop.network.own(host, name);
      // Copies with volumes have such a Service already.
      if (Object.keys(volumes).length === 0) makePeersService(name, ports, this.#workshop, parent);
      return watchable(name, workload, { host, ports, ready: [ready] });
    });
  }

  followMetricsAt({ name, port }: MetricsServer): void {
    this.#workshop.network.own(name, name);
    const server = Reference.to({ host: name, ports: { http: { number: port } }, ready: [] }, "http");
    this.#workshop = { ...this.#workshop, metricsServer: ref`http://${server}` };
  }

  urlOf(host: string): string {
    return entryUrl(host, this.#workshop.tls);
  }

  /** Makes pools of nodes, which are homes for all that is run from now on, and which it waits for. */
  #make(made: readonly NodePool[]): void {
    const { cluster, pools } = this.#workshop;
    const there = [...this.#pools.there, ...made];
    this.#pools = { there, spare: this.#pools.spare.filter((pool) => !made.includes(pool)) };
    this.#workshop = {
      ...this.#workshop,
      cluster: { ...cluster, nodes: there },
      pools: [...pools, ...makePools(made)],
    };
  }

  #unique(name: string): string {
    return `${this.#workshop.prefix}-${name}`;
  }

  #refusal(reason: string): pulumi.ResourceError {
    return new pulumi.ResourceError(`"${this.#workshop.prefix}": ${reason}`, this, true);
  }
}
