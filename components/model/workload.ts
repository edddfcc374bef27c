import type { Metrics, Monitored } from "./monitoring.ts";
import type { Scaling } from "./scaling.ts";
import type { SharedVolume } from "./shared-volume.ts";
import { type Grant, grantsOf, type Port, type Setting } from "./reference.ts";

/** Folder in which a workload finds its files, on every target. */
export const FILES = "/run/keelson";

/** One containerised process, described without a target. */
export interface Workload extends Monitored {
  /** Image reference, with a version or a digest. */
  readonly image: string;
  /** Program and arguments. Stated even where the image has a default, so that it can be wrapped. */
  readonly command: readonly string[];
  /** Variables. Secret ones reach the process from a file, never from the container's configuration. */
  readonly env?: Readonly<Record<string, Setting>>;
  /** Files, by name: read-only under {@link FILES}. */
  readonly files?: Readonly<Record<string, Setting>>;
  /** Ports it listens on, by the name clients know them by. */
  readonly ports?: Readonly<Record<string, Port>>;
  /** Folders that outlive the process, by name. */
  readonly volumes?: Readonly<Record<string, Volume>>;
  /**
   * Folders that other workloads have too, by name.
   *
   * @defaultValue none
   */
  readonly shared?: Readonly<Record<string, SharedFolder>>;
  /**
   * Folders that somebody else fills: where it finds each, by the name under which the target knows it. Read-only.
   *
   * @defaultValue none
   */
  readonly folders?: Readonly<Record<string, string>>;
  /** Scratch folders, empty at every start. With a read-only root, nothing else can be written to. */
  readonly scratch?: readonly string[];
  readonly probes: Probes;
  readonly resources: Resources;
  readonly user: User;
  /**
   * Kernel capabilities it keeps, without the `CAP_` prefix, each with the reason.
   *
   * @defaultValue none
   */
  readonly capabilities?: Readonly<Record<string, string>>;
  /**
   * Why its root file system has to be writable.
   *
   * @defaultValue none: the root is read-only
   */
  readonly writableRoot?: string;
  /**
   * Shared memory at `/dev/shm`, in MiB.
   *
   * @defaultValue 64
   */
  readonly sharedMemoryMiB?: number;
  /**
   * Time between the stop signal and the kill, in seconds.
   *
   * @defaultValue 30
   */
  readonly stopSeconds?: number;
  /**
   * Signal that asks it to stop.
   *
   * @defaultValue "SIGTERM"
   */
  readonly stopSignal?: "SIGTERM" | "SIGINT" | "SIGQUIT";
  /**
   * What it needs of the kernel that it runs on, by the name that `sysctl` has for it.
   *
   * @defaultValue nothing
   */
  readonly kernel?: Readonly<Record<string, KernelNeed>>;
  /**
   * Where it finds the machine that it runs on, which it may read and not change; nothing is there on targets that do not show theirs.
   *
   * @defaultValue nowhere
   */
  readonly machine?: MachineView;
  /**
   * Where it publishes Prometheus metrics.
   *
   * @defaultValue nowhere
   */
  readonly metrics?: Metrics;
  /**
   * How far it may be scaled, on targets that can.
   *
   * @defaultValue one copy
   */
  readonly scaling?: Scaling;
  /**
   * Whether it is told a credential of its own, by which the target and its cloud know it; of no meaning where a
   * target knows no such credentials.
   *
   * @defaultValue false
   */
  readonly identity?: boolean;
}

/** A process that runs to its end. */
export interface JobWorkload extends Omit<
  Workload,
  "ports" | "volumes" | "probes" | "metrics" | "scaling" | "machine" | keyof Monitored
> {
  /**
   * Folders of its own that outlive each run, by name.
   *
   * @defaultValue none
   */
  readonly volumes?: Readonly<Record<string, Volume>>;
  /**
   * Time after which it is ended and counts as failed, in seconds.
   *
   * @defaultValue 600
   */
  readonly deadlineSeconds?: number;
}

/** A folder that outlives the process. */
export interface Volume {
  readonly path: string;
  /** Raised later at will, never lowered. */
  readonly sizeGiB: number;
}

/** A folder that several workloads have, in one of them. */
export interface SharedFolder {
  readonly volume: SharedVolume;
  /** Where the process finds it. */
  readonly path: string;
  /**
   * Whether this workload may write there.
   *
   * @defaultValue false
   */
  readonly writable?: boolean;
}

/** A setting of the kernel, which all that runs on a machine share. */
export interface KernelNeed {
  readonly atLeast: number;
  /** @defaultValue no bound */
  readonly atMost?: number;
  /** What goes wrong below it. */
  readonly reason: string;
}

/** What is reserved for a workload, and the most that it may use. */
export interface Resources {
  /** Reserved share of processors; 1 is one core. */
  readonly cpuRequest: number;
  /** Most it may use of processors. */
  readonly cpuLimit: number;
  /** Reserved memory, in MiB. */
  readonly memoryRequestMiB: number;
  /** Memory at which it is killed, in MiB. */
  readonly memoryLimitMiB: number;
  /**
   * Graphics processors (NVIDIA's), whole ones.
   *
   * @defaultValue 0
   */
  readonly gpus?: number;
}

/** Numeric user and group that the process runs as. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** How its state is found out; one description for every target. */
export interface Probes {
  /** Clients may come. */
  readonly readiness: Probe;
  /**
   * It is worth keeping: where this fails, it is restarted.
   *
   * @defaultValue the readiness probe
   */
  readonly liveness?: Probe;
  /**
   * Time in which it must have become ready first, in seconds.
   *
   * @defaultValue 60
   */
  readonly startupSeconds?: number;
}

/** A check, and how often it is made. */
export interface Probe {
  readonly check: Check;
  /**
   * Time between two checks, in seconds.
   *
   * @defaultValue 10
   */
  readonly periodSeconds?: number;
  /**
   * Time that one check may take, in seconds.
   *
   * @defaultValue 5
   */
  readonly timeoutSeconds?: number;
  /**
   * Checks that fail in a row before it counts.
   *
   * @defaultValue 3
   */
  readonly failures?: number;
}

/** One way to find out about a process, from where it runs. */
export type Check =
  /** A command in the container ends with 0. */
  | { readonly kind: "exec"; readonly command: readonly string[] }
  /** A GET is answered with 2xx or 3xx. */
  | { readonly kind: "http"; readonly port: string; readonly path: string }
  /** A port accepts connections. */
  | { readonly kind: "tcp"; readonly port: string };

/** The root folder of a machine, seen by a workload. */
export interface MachineView {
  /** Where the process finds it, as in `/host`. */
  readonly path: string;
  /** Why it has to see it. */
  readonly reason: string;
}

/** What a target tells a recipe about the place where it will run. */
export interface Site {
  /** Host name that clients use. */
  readonly host: string;
  /** How many copies will run here. */
  readonly copies: number;
  /** Host names of copies that have volumes, in order, for each other: they lead there before a copy is ready. */
  readonly peers: readonly string[];
}

/** What to run, given where. Pure: no resource is made and nothing is read. */
export type Recipe = (site: Site) => Workload;

/** Everything that a workload may open: what its settings refer to. */
export function permissionsOf({ env = {}, files = {} }: Pick<Workload, "env" | "files">): readonly Grant[] {
  return grantsOf([...Object.values(env), ...Object.values(files)]);
}
