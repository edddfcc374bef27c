import * as docker from "@pulumi/docker";
import * as pulumi from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random";
import { images as known } from "../../images.ts";
import { type Demand, demandOf, ELITEDESK, judge, type Machine } from "../../model/capacity.ts";
import type { Endpoint } from "../../model/reference.ts";
import { beatOf, type Schedule } from "../../model/schedule.ts";
import type { Exposure, Placement, Step, Target } from "../../model/target.ts";
import { type JobWorkload, permissionsOf, type Recipe, type Workload } from "../../model/workload.ts";
import { containerArgs } from "./container.ts";
import { makeFiles } from "./files.ts";
import { healthcheck } from "./health.ts";
import { type Host, labels } from "./host.ts";
import { attemptOf } from "./job.ts";
import { Networks } from "./networks.ts";
import { succeeded } from "./one-shot.ts";
import { type Entry, entryPorts, entryUrl, proxy, type Tls } from "./proxy.ts";
import { Subnets } from "./subnets.ts";
import { makeTools, tool } from "./tools.ts";
import { makeVolumes } from "./volumes.ts";

/** Arguments of {@link Docker}. */
export interface DockerArgs {
  /**
   * Address of the engine, as `unix:///var/run/docker.sock` or `ssh://user@host`.
   *
   * @defaultValue the engine of this machine, or `DOCKER_HOST`
   */
  readonly host?: pulumi.Input<string>;
  /**
   * What the host has; no more than 85 % of it is promised.
   *
   * @defaultValue an HP EliteDesk with 4 cores, 16 GB and 500 GB
   */
  readonly machine?: Machine;
  /**
   * Ports of the host's loopback address that lead to a service, by the names of the service and of its port.
   *
   * @defaultValue none
   */
  readonly publish?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /**
   * Port of the host for HTTP.
   *
   * @defaultValue 80
   */
  readonly httpPort?: number;
  /**
   * Port of the host for HTTPS, where {@link DockerArgs.tls} is on.
   *
   * @defaultValue 443
   */
  readonly httpsPort?: number;
  /**
   * How the entry point proves who it is: not at all, by a certificate of its own making, or by Let's Encrypt, which
   * has to reach the host by its name.
   *
   * @defaultValue "off"
   */
  readonly tls?: Tls;
  /**
   * Images of the target's own containers.
   *
   * @defaultValue those of the catalogue
   */
  readonly images?: Partial<Host["images"]>;
  /**
   * Whether the engine can check more often while a container starts (Docker 25, API 1.44). Health is then checked
   * every second until it is ready and every ten seconds later; without it every two seconds for ever.
   *
   * @defaultValue false
   */
  readonly startIntervals?: boolean;
  /**
   * Private addresses for the networks of services, as `address/length`.
   *
   * @defaultValue "10.128.0.0/9"
   */
  readonly subnets?: string;
  /**
   * Lets volumes go, with all that is on them, when they or the stack are deleted.
   *
   * @defaultValue false
   */
  readonly destroyData?: boolean;
}

/** Ports of the host that lead to a container's, by name, and the address they are open on. */
interface Published {
  readonly ports: Readonly<Record<string, number>>;
  readonly address: "127.0.0.1" | "0.0.0.0";
}

const UNPUBLISHED: Published = { ports: {}, address: "127.0.0.1" };

/** A Docker host. Its name begins the names of all that it makes there. */
export class Docker extends pulumi.ComponentResource implements Target {
  readonly #args: DockerArgs;
  readonly #entry: Entry;
  readonly #host: Host;
  readonly #networks: Networks;
  readonly #salt: pulumi.Output<string>;
  readonly #tools: ReturnType<typeof makeTools>;
  readonly #promised: Record<string, Demand> = {};

  constructor(name: string, args: DockerArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:targets:Docker", name, {}, opts);
    this.#args = args;
    this.#entry = { tls: args.tls ?? "off", http: args.httpPort ?? 80, https: args.httpsPort ?? 443 };
    const { host, images = {}, startIntervals = false, destroyData = false, subnets = "10.128.0.0/9" } = args;
    const provider = new docker.Provider(name, { ...(host !== undefined && { host }) }, { parent: this });
    this.#host = {
      prefix: name,
      images: { tools: known.busybox, proxy: known.caddy, ...images },
      destroyData,
      startIntervals,
      options: (options = {}) => ({ parent: this, provider, ...options }),
    };
    this.#networks = new Networks(this.#host, new Subnets(subnets));
    this.#salt = new RandomPassword(`${name}-salt`, { length: 32, special: false }, { parent: this }).result;
    this.#tools = makeTools(this.#host);
    this.registerOutputs({});
  }

  admit(plan: Readonly<Record<string, Demand>>): void {
    Object.assign(this.#promised, plan);
    const { machine = ELITEDESK } = this.#args;
    const { fits, excess, table } = judge(this.#promised, machine);
    if (fits) return;
    const advice = "lower what is promised, leave something out or state a larger machine";
    throw new pulumi.ResourceError(
      `"${this.#host.prefix}" does not fit its host: ${excess.join("; ")}; ${advice}\n${table}`,
      this,
      true,
    );
  }

  run(name: string, recipe: Recipe, placement: Placement): Endpoint {
    const { publish = {} } = this.#args;
    // One host, one copy: a second one would share its fate.
    const published = { ports: publish[name] ?? {}, address: "127.0.0.1" } as const;
    return this.#keep(name, recipe({ host: name, copies: 1 }), placement, published);
  }

  complete(name: string, job: JobWorkload, { parent, after = [] }: Placement): Step {
    const unique = `${this.#host.prefix}-${name}`;
    const options = this.#host.options({ parent });
    const { envs, ...args } = containerArgs(job);
    const parts = this.#parts(name, job, parent, after);
    const attempt = attemptOf(unique, { parent, provider: options.provider! });
    const container = new docker.Container(
      unique,
      {
        ...args,
        name: unique,
        entrypoints: [tool("attempt"), `${job.deadlineSeconds ?? 600}`, ...job.command],
        envs: [...envs, pulumi.interpolate`KEELSON_ATTEMPT=${attempt}`],
        labels: labels(this.#host.prefix, name),
        mounts: parts.mounts,
        networksAdvanced: parts.networks,
        attach: true,
        logs: true,
        mustRun: false,
        restart: "no",
      },
      { ...options, dependsOn: parts.ready, deleteBeforeReplace: true },
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
    const workload = proxy(exposure, this.#entry.tls, this.#host.images.proxy);
    this.#keep(name, workload, placement, { ports: entryPorts(this.#entry), address: "0.0.0.0" });
  }

  urlOf(host: string): string {
    return entryUrl(host, this.#entry);
  }

  /** Keeps a workload running, with ports of the host that lead to its own. */
  #keep(
    name: string,
    workload: Workload,
    { parent, after = [] }: Placement,
    { ports: external, address }: Published,
    entrypoints: readonly string[] = [tool("launch"), ...workload.command],
  ): Endpoint {
    this.admit({ [name]: demandOf(workload) });
    const { prefix, options, startIntervals } = this.#host;
    const unique = `${prefix}-${name}`;
    const own = this.#networks.own(name, parent);
    const parts = this.#parts(name, workload, parent, after);
    const { ports = {}, probes, volumes = {} } = workload;
    const published = Object.entries(external);
    // Two processes can't share a volume, or a port of the host; whatever has neither is replaced without a gap.
    const alone = Object.keys(volumes).length > 0 || published.length > 0;
    const container = new docker.Container(
      unique,
      {
        ...containerArgs(workload),
        ...(alone && { name: unique }),
        entrypoints: [...entrypoints],
        labels: labels(prefix, name, address === "0.0.0.0" ? { "keelson.exposure": "the entry point" } : {}),
        mounts: parts.mounts,
        networksAdvanced: [
          own,
          ...parts.networks,
          ...(published.length > 0 ? [{ name: this.#networks.shared("ingress").name }] : []),
        ],
        ...(published.length > 0 && {
          ports: published.map(([port, number]) => ({
            internal: ports[port]!.number,
            external: number,
            ip: address,
          })),
        }),
        healthcheck: healthcheck(workload, startIntervals),
        wait: true,
        waitTimeout: probes.startupSeconds ?? 60,
        restart: "unless-stopped",
      },
      options({ parent, dependsOn: parts.ready, deleteBeforeReplace: alone }),
    );
    return { host: name, ports, ready: [container] };
  }

  /** What a container of a workload needs around it. */
  #parts(name: string, workload: JobWorkload, parent: pulumi.Resource, after: readonly Step[]) {
    const grants = permissionsOf(workload);
    const files = makeFiles(name, workload, this.#host, this.#salt, parent);
    const volumes = makeVolumes(name, workload, this.#host, parent);
    return {
      networks: this.#networks.towards(grants),
      mounts: [...volumes.mounts, ...files.mounts, this.#tools.mount],
      ready: [
        this.#tools.ready,
        ...files.ready,
        ...volumes.ready,
        ...grants.flatMap(({ endpoint }) => endpoint.ready),
        ...after.map(({ done }) => done),
      ],
    };
  }
}
