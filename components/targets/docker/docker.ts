import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random";
import { images as known } from "../../images.ts";
import { type Demand, demandOf, folderDemand } from "../../model/capacity.ts";
import type { Watchable } from "../../model/monitoring.ts";
import type { Endpoint } from "../../model/reference.ts";
import type { ReplicatedServer } from "../../model/replicated.ts";
import { beatOf, type Schedule } from "../../model/schedule.ts";
import type { SharedVolume, SharedVolumeArgs } from "../../model/shared-volume.ts";
import type { Exposure, Placement, Step, Target } from "../../model/target.ts";
import { watchable } from "../../model/watchable.ts";
import type { JobWorkload, MachineView, Recipe, Workload } from "../../model/workload.ts";
import { containerArgs } from "./container.ts";
import type { DockerArgs } from "./docker-args.ts";
import { missingFolders } from "./folders.ts";
import { healthcheck } from "./health.ts";
import type { Host } from "./host.ts";
import { attemptOf, jobTimeouts } from "./job.ts";
import { Networks } from "./networks.ts";
import { succeeded } from "./one-shot.ts";
import { promisedLabel } from "./promise.ts";
import { type Entry, entryPorts, entryUrl, proxy } from "./proxy.ts";
import { Room } from "./room.ts";
import { Subnets } from "./subnets.ts";
import { type Ground, surround } from "./surroundings.ts";
import { makeToolbox } from "./toolbox.ts";
import { tool } from "./scripts.ts";
import { makeShared } from "./volumes.ts";

/** Ports of the host that lead to a container's, by name, and the address they are open on. */
interface Published {
  readonly ports: Readonly<Record<string, number>>;
  readonly address: "127.0.0.1" | "0.0.0.0";
}

const UNPUBLISHED: Published = { ports: {}, address: "127.0.0.1" };

/** What a container says of the address that its ports are open on. */
const EXPOSURE: Readonly<Record<Published["address"], docker.types.input.ContainerLabel[]>> = {
  "127.0.0.1": [],
  "0.0.0.0": [{ label: "keelson.exposure", value: "the entry point" }],
};

/** A Docker host. Its name begins the names of all that it makes there. */
export class Docker extends pulumi.ComponentResource implements Target {
  readonly folders: ReadonlySet<string>;
  readonly showsMachine = true;
  readonly #args: DockerArgs;
  readonly #entry: Entry;
  readonly #ground: Ground;
  readonly #room: Room;
  readonly #watchable: Watchable[] = [];

  constructor(name: string, args: DockerArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:targets:Docker", name, {}, opts);
    this.#args = args;
    this.#room = new Room(args.machine, args.neighbours);
    this.#entry = { tls: args.tls ?? "off", http: args.httpPort ?? 80, https: args.httpsPort ?? 443 };
    const { host, images = {}, destroyData = false, subnets = "10.128.0.0/9", folders = {} } = args;
    this.folders = new Set(Object.keys(folders));
    const provider = new docker.Provider(name, { ...(host !== undefined && { host }) }, { parent: this });
    const here: Host = {
      prefix: name,
      images: { tools: known.busybox, proxy: known.caddy, ...images },
      destroyData,
      options: (options = {}) => ({ parent: this, provider, ...options }),
    };
    this.#ground = {
      host: here,
      networks: new Networks(here, new Subnets(subnets)),
      folders,
      salt: new RandomPassword(`${name}-salt`, { length: 32, special: false }, { parent: this }).result,
      toolbox: makeToolbox(here),
    };
    this.registerOutputs({});
  }

  admit(plan: Readonly<Record<string, Demand>>): void {
    const { publish = {} } = this.#args;
    const unknown = Object.keys(publish).filter((name) => !Object.hasOwn(plan, name));
    if (unknown.length > 0) {
      const services = Object.keys(plan).join(", ");
      throw this.#refusal(
        `ports are published of ${unknown.join(", ")}, which is not here; there are: ${services}`,
      );
    }
    for (const [replicated, { program, copies = 1 }] of Object.entries(plan))
      if (program) throw this.#unreplicated(replicated, program, copies);
    this.#promise(plan);
  }

  run(name: string, recipe: Recipe, placement: Placement): Endpoint {
    const { publish = {} } = this.#args;
    // One host, one copy: a second one would share its fate.
    const published = { ports: publish[name] ?? {}, address: "127.0.0.1" } as const;
    return this.#keep(name, recipe({ host: name, copies: 1, peers: [name] }), placement, published);
  }

  replicate(name: string, { program, copies }: ReplicatedServer): Endpoint {
    throw this.#unreplicated(name, program, copies);
  }

  share(name: string, volume: SharedVolumeArgs, { parent }: Placement): SharedVolume {
    this.#promise({ [name]: folderDemand(volume.sizeGiB) });
    return makeShared(name, volume, this.#ground.host, parent);
  }

  complete(name: string, job: JobWorkload, placement: Placement): Step {
    const { parent } = placement;
    const unique = `${this.#ground.host.prefix}-${name}`;
    const options = this.#ground.host.options({ parent });
    const { envs, ...args } = containerArgs(job);
    const around = this.#surround(name, job, placement);
    const attempt = attemptOf(unique, { parent, provider: options.provider! });
    const container = new docker.Container(
      unique,
      {
        ...args,
        name: unique,
        entrypoints: [tool("attempt"), `${job.deadlineSeconds ?? 600}`, ...job.command],
        envs: [...envs, pulumi.interpolate`KEELSON_ATTEMPT=${attempt}`],
        labels: around.labels,
        mounts: around.mounts,
        networksAdvanced: around.networks,
        attach: true,
        logs: true,
        mustRun: false,
        restart: "no",
      },
      {
        ...options,
        dependsOn: around.ready,
        deleteBeforeReplace: true,
        customTimeouts: jobTimeouts(job),
      },
    );
    return { done: succeeded(`job "${name}"`, container) };
  }

  repeat(name: string, job: JobWorkload, schedule: Schedule, placement: Placement): void {
    const { periodSeconds, offsetSeconds } = beatOf(schedule);
    const { deadlineSeconds = 600, command } = job;
    const check = { kind: "exec", command: [tool("lastRun")] } as const;
    // A run that failed is no reason to end the next one: the schedule itself lives.
    const alive = { kind: "exec", command: ["true"] } as const;
    const workload: Workload = { ...job, probes: { readiness: { check }, liveness: { check: alive } } };
    const entrypoint = [
      tool("repeat"),
      ...[periodSeconds, offsetSeconds, deadlineSeconds].map(String),
      ...command,
    ];
    this.#keep(name, workload, placement, UNPUBLISHED, entrypoint);
  }

  expose(name: string, exposure: Exposure, placement: Placement): void {
    const workload = proxy(exposure, this.#entry.tls, this.#ground.host.images.proxy);
    this.#keep(name, workload, placement, { ports: entryPorts(this.#entry), address: "0.0.0.0" });
  }

  watch(): readonly Watchable[] {
    return this.#watchable;
  }

  /** A Docker host has no store of secrets: the stack's state keeps them. */
  keepSecret(): void {}

  /** There is one copy of each workload, which follows nothing. */
  followMetricsAt(): void {}

  urlOf(host: string): string {
    return entryUrl(host, this.#entry);
  }

  /** Keeps a workload running, with ports of the host that lead to its own. */
  #keep(
    name: string,
    workload: Workload,
    placement: Placement,
    { ports: publish, address }: Published,
    entrypoints: readonly string[] = [tool("launch"), ...workload.command],
  ): Endpoint {
    const { parent } = placement;
    const demand = demandOf(workload);
    this.#promise({ [name]: demand });
    const { host, networks } = this.#ground;
    const unique = `${host.prefix}-${name}`;
    const own = networks.own(name, parent);
    const around = this.#surround(name, workload, placement, promisedLabel(demand), workload.machine);
    const { ports = {}, probes, volumes = {} } = workload;
    const published = Object.entries(publish);
    // Two processes can't share a volume, or a port of the host; whatever has neither is replaced without a gap.
    const alone = Object.keys(volumes).length > 0 || published.length > 0;
    const container = new docker.Container(
      unique,
      {
        ...containerArgs(workload),
        ...(alone && { name: unique }),
        entrypoints: [...entrypoints],
        labels: [...around.labels, ...EXPOSURE[address]],
        mounts: around.mounts,
        networksAdvanced: [
          own,
          ...around.networks,
          ...(published.length > 0 ? [{ name: networks.shared("ingress").name }] : []),
        ],
        ...(published.length > 0 && {
          ports: published.map(([port, external]) => ({
            internal: this.#portOf(name, ports, port),
            external,
            ip: address,
          })),
        }),
        healthcheck: healthcheck(workload),
        wait: true,
        waitTimeout: probes.startupSeconds ?? 60,
        restart: "unless-stopped",
      },
      host.options({ parent, dependsOn: around.ready, deleteBeforeReplace: alone }),
    );
    const endpoint = { host: name, ports, ready: [container] };
    this.#watchable.push(...watchable(name, workload, endpoint));
    return endpoint;
  }

  #promise(plan: Readonly<Record<string, Demand>>): void {
    const reason = this.#room.promise(plan);
    if (reason !== undefined) throw this.#refusal(reason);
  }

  #portOf(name: string, ports: NonNullable<Workload["ports"]>, port: string): number {
    const found = ports[port];
    if (found) return found.number;
    throw this.#refusal(
      `port "${port}" of "${name}" is published; it has: ${Object.keys(ports).join(", ") || "none"}`,
    );
  }

  #surround(
    name: string,
    workload: JobWorkload,
    placement: Placement,
    more: Readonly<Record<string, string>> = {},
    machine?: MachineView,
  ) {
    const missing = missingFolders(workload, this.#ground.folders).join(", ");
    if (!missing) return surround(this.#ground, name, workload, placement, more, machine);
    const there = [...this.folders].join(", ") || "none";
    throw this.#refusal(
      `"${name}" wants the folder ${missing}, and the host's are: ${there}; state its path in folders`,
    );
  }

  #unreplicated(name: string, program: string, copies: number): pulumi.ResourceError {
    const advice = "run one copy here, or refer to a server elsewhere";
    return this.#refusal(
      `"${name}" asks for ${copies} copies of ${program}, which one host does not keep; ${advice}`,
    );
  }

  #refusal(reason: string): pulumi.ResourceError {
    return new pulumi.ResourceError(`"${this.#ground.host.prefix}": ${reason}`, this, true);
  }
}
