import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random";
import { type Demand, demandOf } from "../../model/capacity.ts";
import { judgeNodes } from "../../model/node-capacity.ts";
import { type Endpoint, type Setting, textOf } from "../../model/reference.ts";
import type { ReplicatedServer } from "../../model/replicated.ts";
import { cronOf, type Schedule } from "../../model/schedule.ts";
import type { Exposure, Placement, Step, Target } from "../../model/target.ts";
import {
  type JobWorkload,
  permissionsOf,
  type Recipe,
  type Scaling,
  type Workload,
} from "../../model/workload.ts";
import { makeAccount, makePullSecret } from "./accounts.ts";
import { autoscale, autoscaled, measuredFrom } from "./autoscaling.ts";
import { startBudget, SURGE, timeouts } from "./budget.ts";
import { claimName, claimSpec, makeClaims } from "./claims.ts";
import { type ClusterEntry, TRAEFIK } from "./cluster.ts";
import { protectFromDisruption } from "./disruption.ts";
import { entryUrl, type EntryTls } from "./entry.ts";
import { expose } from "./exposure.ts";
import { jobSpec, jobTimeouts, RUN_AGAIN } from "./jobs.ts";
import type { KubernetesArgs } from "./kubernetes-args.ts";
import { makeNamespace } from "./namespace.ts";
import { NetworkPolicies } from "./network.ts";
import { replicate } from "./operators/index.ts";
import { notRestricted, type PodParts, podTemplate } from "./pod.ts";
import { probes } from "./probes.ts";
import { makeQuota } from "./quota.ts";
import { metadata, type Scope, selector } from "./scope.ts";
import { containerPorts, makeClientService, makePeersService, peersName, peersOf } from "./services.ts";
import { makeSettings } from "./settings.ts";

/** Time in which the cluster stops leading requests to a pod that ends, in seconds. */
const DRAIN_SECONDS = 5;

/** A namespace of a cluster, closed to all that no reference opens. Its name begins the names of its Pulumi resources. */
export class Kubernetes extends pulumi.ComponentResource implements Target {
  readonly #scope: Scope & {
    readonly entry: ClusterEntry;
    readonly tls: EntryTls;
    readonly requestShare: number;
    readonly destroyData: boolean;
    readonly pullSecrets: readonly pulumi.Input<string>[];
  };
  readonly #pullSeconds: number;
  readonly #network: NetworkPolicies;
  readonly #salt: pulumi.Output<string>;
  readonly #promised: Record<string, Demand> = {};

  constructor(name: string, args: KubernetesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:targets:Kubernetes", name, {}, opts);
    const { cluster, namespace = name, tls = { kind: "off" }, pullSeconds = 120 } = args;
    const { registry, requestShare = 1, destroyData = false } = args;
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
    const unpopulated = { prefix: name, cluster, options };
    const scope = { ...unpopulated, namespace: makeNamespace(namespace, unpopulated, destroyData) };
    const pullSecrets = registry ? [makePullSecret(registry, scope).metadata.name] : [];
    this.#scope = { ...scope, entry, tls, requestShare, destroyData, pullSecrets };
    this.#pullSeconds = pullSeconds;
    this.#network = new NetworkPolicies(this.#scope);
    makeQuota(this.#scope);
    this.#salt = new RandomPassword(`${name}-salt`, { length: 32, special: false }, { parent: this }).result;
    this.registerOutputs({});
  }

  admit(plan: Readonly<Record<string, Demand>>): void {
    Object.assign(this.#promised, plan);
    const { fits, excess, table } = judgeNodes(
      this.#promised,
      this.#scope.cluster.nodes,
      this.#scope.requestShare,
    );
    if (fits) return;
    const advice = "lower what is asked for, leave something out or state larger or more nodes";
    throw this.#refusal(`this does not fit the cluster's nodes: ${excess.join("; ")}; ${advice}\n${table}`);
  }

  run(name: string, recipe: Recipe, placement: Placement): Endpoint {
    const { copies = 1 } = placement;
    const workload = recipe({ host: name, copies, peers: peersOf(name, copies) });
    this.admit({ [name]: { ...this.#promised[name], ...demandOf(workload) } });
    const { ports = {}, volumes = {} } = workload;
    this.#network.own(name, name);
    if (Object.keys(ports).length > 0) makeClientService(name, ports, this.#scope, placement.parent);
    const keep = Object.keys(volumes).length > 0 ? this.#stateful : this.#stateless;
    const ready = keep.call(this, name, workload, copies, placement);
    return { host: name, ports, ready: [ready] };
  }

  replicate(name: string, server: ReplicatedServer, placement: Placement): Endpoint {
    return replicate(name, server, this.#scope, this.#network, placement);
  }

  complete(name: string, job: JobWorkload, placement: Placement): Step {
    const { template, dependsOn } = this.#once(name, job, placement);
    const done = new k8s.batch.v1.Job(
      this.#unique(name),
      { metadata: metadata(this.#scope, name, { annotations: RUN_AGAIN }), spec: jobSpec(job, template) },
      this.#scope.options({
        parent: placement.parent,
        dependsOn,
        deleteBeforeReplace: true,
        customTimeouts: jobTimeouts(job),
      }),
    );
    return { done };
  }

  repeat(name: string, job: JobWorkload, schedule: Schedule, placement: Placement): void {
    const { template, dependsOn } = this.#once(name, job, placement);
    new k8s.batch.v1.CronJob(
      this.#unique(name),
      {
        metadata: metadata(this.#scope, name),
        spec: {
          schedule: cronOf(schedule),
          timeZone: "Etc/UTC",
          concurrencyPolicy: "Forbid",
          jobTemplate: { spec: jobSpec(job, template) },
        },
      },
      this.#scope.options({ parent: placement.parent, dependsOn }),
    );
  }

  expose(name: string, exposure: Exposure, placement: Placement): void {
    const grants = Object.values(exposure.routes).flatMap(({ to }) => to.grants);
    this.#network.openToEntry(name, grants, placement.parent);
    expose(name, exposure, this.#scope, this.#scope.tls, placement);
  }

  keepSecret(name: string, values: Readonly<Record<string, Setting>>, { parent }: Placement): void {
    const stringData = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, textOf(value)]));
    new k8s.core.v1.Secret(
      this.#unique(name),
      { metadata: metadata(this.#scope, name), stringData },
      this.#scope.options({ parent }),
    );
  }

  urlOf(host: string): string {
    return entryUrl(host, this.#scope.tls);
  }

  /** Keeps a workload that has no data running, with no moment in which fewer copies answer than before. */
  #stateless(name: string, workload: Workload, copies: number, placement: Placement): pulumi.Resource {
    const { scaling, stopSeconds = 30 } = workload;
    const scaled = autoscaled(scaling);
    const draining = {
      container: { lifecycle: { preStop: { sleep: { seconds: DRAIN_SECONDS } } } },
      pod: { terminationGracePeriodSeconds: stopSeconds + DRAIN_SECONDS },
    };
    const { template, dependsOn } = this.#kept(name, workload, placement, draining);
    const start = this.#start(workload);
    const running = new k8s.apps.v1.Deployment(
      this.#unique(name),
      {
        metadata: metadata(this.#scope, name),
        spec: {
          // An autoscaler's number of copies is its own.
          ...(!scaled && { replicas: copies }),
          selector: { matchLabels: selector(this.#scope, name) },
          strategy: { rollingUpdate: { maxUnavailable: 0, maxSurge: `${SURGE * 100}%` } },
          progressDeadlineSeconds: startBudget(start),
          revisionHistoryLimit: 3,
          template,
        },
      },
      this.#scope.options({
        parent: placement.parent,
        dependsOn,
        customTimeouts: timeouts(start, Math.min(copies, 1 / SURGE), stopSeconds + DRAIN_SECONDS),
      }),
    );
    if (scaled) this.#scale(name, scaling, placement.parent);
    protectFromDisruption(name, copies, this.#scope, placement.parent);
    return running;
  }

  /** Keeps a workload running whose copies each have data of their own. */
  #stateful(name: string, workload: Workload, copies: number, placement: Placement): pulumi.Resource {
    const { parent } = placement;
    const { ports = {}, volumes = {}, stopSeconds = 30 } = workload;
    makePeersService(name, ports, this.#scope, parent);
    if (copies > 1) this.#network.openToPeers(name, Object.values(ports), parent);
    const claims = makeClaims(name, volumes, copies, this.#scope, parent);
    const { template, dependsOn } = this.#kept(name, workload, placement);
    const running = new k8s.apps.v1.StatefulSet(
      this.#unique(name),
      {
        metadata: metadata(this.#scope, name),
        spec: {
          replicas: copies,
          serviceName: peersName(name),
          podManagementPolicy: "Parallel",
          selector: { matchLabels: selector(this.#scope, name) },
          template,
          volumeClaimTemplates: Object.entries(volumes).map(([volume, wanted]) => ({
            metadata: { name: volume },
            spec: claimSpec(wanted, this.#scope),
          })),
        },
      },
      this.#scope.options({
        parent,
        dependsOn: [...dependsOn, ...claims],
        customTimeouts: timeouts(this.#start(workload), copies, stopSeconds),
        // The claims themselves grow; a StatefulSet can't be told of it.
        ignoreChanges: ["spec.volumeClaimTemplates"],
      }),
    );
    protectFromDisruption(name, copies, this.#scope, parent);
    return running;
  }

  #scale(name: string, scaling: Scaling, parent: pulumi.Resource): void {
    const { features = {} } = this.#scope.cluster;
    const measured = measuredFrom(scaling, features);
    if (features.keda)
      this.#network.openToNamespace(`${name}-scaling`, features.keda.namespace, measured, parent);
    autoscale(name, scaling, "Deployment", this.#scope, parent);
  }

  #start({ probes: { startupSeconds = 60 } }: Workload) {
    return { startupSeconds, pullSeconds: this.#pullSeconds };
  }

  /** The pod of a workload that is kept running. */
  #kept(
    name: string,
    workload: Workload,
    placement: Placement,
    extra: Pick<PodParts, "container" | "pod"> = {},
  ) {
    const container = {
      ports: containerPorts(workload.ports ?? {}),
      ...probes(workload.probes),
      ...extra.container,
    };
    return this.#pod(name, workload, placement, { ...extra, container });
  }

  /** The pod of a job. */
  #once(name: string, job: JobWorkload, placement: Placement) {
    const { volumes = {} } = job;
    const claims = makeClaims(name, volumes, 1, this.#scope, placement.parent);
    const { template, dependsOn } = this.#pod(name, job, placement, {
      volumes: Object.keys(volumes).map((volume) => ({
        name: volume,
        persistentVolumeClaim: { claimName: claimName(name, volume, 0) },
      })),
    });
    return { template, dependsOn: [...dependsOn, ...claims] };
  }

  /** A pod, and what has to be there before it. */
  #pod(
    name: string,
    workload: JobWorkload,
    { parent, after = [] }: Placement,
    extra: Pick<PodParts, "container" | "pod" | "volumes"> = {},
  ) {
    const problems = notRestricted(workload);
    if (problems.length > 0) throw this.#refusal(`"${name}" ${problems.join("; and it ")}`);
    const grants = permissionsOf(workload);
    const settings = makeSettings(name, workload, this.#scope, this.#salt, parent);
    const account = makeAccount(name, this.#scope, parent);
    const opened = this.#network.open(name, grants, parent);
    return {
      template: podTemplate(name, workload, this.#scope, { settings, serviceAccount: name, ...extra }),
      dependsOn: [
        ...settings.made,
        account,
        ...opened,
        ...grants.flatMap(({ endpoint }) => endpoint.ready),
        ...after.map(({ done }) => done),
      ],
    };
  }

  #unique(name: string): string {
    return `${this.#scope.prefix}-${name}`;
  }

  #refusal(reason: string): pulumi.ResourceError {
    return new pulumi.ResourceError(`"${this.#scope.prefix}": ${reason}`, this, true);
  }
}
