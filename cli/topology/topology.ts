import type { Watchable } from "../../components/model/monitoring.ts";
import type { Port } from "../../components/model/reference.ts";
import type { Signal } from "../../components/model/scaling.ts";
import type { Schedule } from "../../components/model/schedule.ts";
import type { Probes, Resources } from "../../components/model/workload.ts";

/**
 * The facts of a stack, as its program states them: what runs, who refers to whom, and what is promised. The same for
 * every target, and known before anything is up. No secret is in it, only names of secrets.
 */
export interface Topology {
  /** Name of the stack, as `acceleration-docker`. */
  readonly stack: string;
  readonly platform: string;
  /** Name of the kind of target that it runs on, as `docker`. */
  readonly target: string;
  /** Where browsers reach it, without a trailing slash. */
  readonly url: string;
  /** In the order in which the program states them. */
  readonly workloads: readonly WorkloadFacts[];
  /** Folders that several workloads have. */
  readonly sharedFolders: readonly SharedFolderFacts[];
  readonly references: readonly ReferenceFacts[];
  readonly exposures: readonly ExposureFacts[];
  /** Secrets that are kept for those who run the platform: names of the values, by the secret's name. */
  readonly keptSecrets: Readonly<Record<string, readonly string[]>>;
  /** What a Prometheus server of the stack reads, and what is said of it; nothing if it has none. */
  readonly watched: readonly WatchedFacts[];
  readonly capacity: Capacity;
  /** What it costs; absent where nobody knows, as on machines of one's own. */
  readonly cost?: Cost;
}

/** What a stack costs in a month, by list prices: an estimate. */
export interface Cost {
  /** Region whose prices these are. */
  readonly region: string;
  /** When they were read. */
  readonly asOf: string;
  /** Where they stand. */
  readonly lists: readonly string[];
  readonly items: readonly CostItem[];
}

/** One thing that costs, in US dollars a month; without amounts where its price is not known. */
export interface CostItem {
  readonly name: string;
  /** With the nodes of the first day. */
  readonly atFirst?: number;
  /** With as many nodes as there may be. */
  readonly atMost?: number;
}

/** A workload whose metrics are read. */
export type WatchedFacts = Omit<Watchable, "host" | "credentials">;

/** What is made of a workload: it is kept running, keeps its data in several copies by itself, runs once, or runs at times. */
export type WorkloadKind = "service" | "replicated" | "job" | "schedule";

/** What a workload is there for, as far as its facts tell. */
export type Group = "application" | "store" | "job" | "observability";

/** What a stack runs. */
export interface WorkloadFacts {
  /** No two have the same; also its host name. */
  readonly name: string;
  readonly kind: WorkloadKind;
  readonly group: Group;
  readonly image: string;
  /** Fewest and most copies on this target. */
  readonly copies: { readonly min: number; readonly max: number };
  /** What scaling follows; nothing where the number of copies is fixed. */
  readonly signals: readonly Signal["kind"][];
  /** Of each copy. */
  readonly resources: Resources;
  readonly ports: readonly PortFacts[];
  /** Folders of each copy that outlive it. */
  readonly volumes: readonly VolumeFacts[];
  readonly shared: readonly SharedFolderUse[];
  /** Names of the folders that it reads, and that somebody else fills. */
  readonly filledFolders: readonly string[];
  /** Names of its variables and files that are secret. */
  readonly secrets: readonly string[];
  /** How its state is found out; absent for what is not kept running, or is asked in a way of the target's own. */
  readonly probes?: Probes;
  /** Whether it publishes Prometheus metrics. */
  readonly metrics: boolean;
  /** Jobs that have to have ended well before it starts, in order of their names. */
  readonly after: readonly string[];
  /** When it runs, if it is a schedule. */
  readonly schedule?: Schedule;
}

/** A port by its name. */
export interface PortFacts {
  readonly name: string;
  readonly number: number;
  readonly protocol: NonNullable<Port["protocol"]>;
}

/** A folder that outlives the process. */
export interface VolumeFacts {
  readonly name: string;
  /** Where the process finds it; absent where the target decides. */
  readonly path?: string;
  readonly sizeGiB: number;
}

/** A folder that several workloads may have. */
export interface SharedFolderFacts {
  readonly name: string;
  readonly sizeGiB: number;
}

/** A shared folder in one of the workloads that have it. */
export interface SharedFolderUse {
  /** Name of the folder. */
  readonly name: string;
  readonly path: string;
  readonly writable: boolean;
}

/** What a reference is there for: to use a service, to read its metrics, or to send it traces, metrics and logs of one's own. */
export type Purpose = "use" | "metrics" | "telemetry";

/** Who may open which port of whom; each port of each pair once. */
export interface ReferenceFacts {
  /** Name of a workload. */
  readonly from: string;
  /** Name of a workload, or the host name of a server elsewhere. */
  readonly to: string;
  /** Whether it leads to a server elsewhere. */
  readonly outside: boolean;
  readonly port: PortFacts;
  readonly purpose: Purpose;
}

/** A public path. */
export interface ExposureFacts {
  /** Name of the entry point, as `proxy`. */
  readonly entry: string;
  /** Host name that browsers use. */
  readonly host: string;
  /** Path prefix, as `/api`. */
  readonly path: string;
  /** Name of the workload that requests are led to. */
  readonly to: string;
  readonly port: PortFacts;
  /** Whether the workload sees the path without the prefix. */
  readonly stripPrefix: boolean;
}

/** Machines of one size. */
export interface Machines {
  readonly count: number;
  readonly cpus: number;
  readonly memoryGiB: number;
  /** Absent where volumes are not on the machines. */
  readonly storageGiB?: number;
  readonly gpus: number;
}

/** An amount of each resource. */
export interface Amounts {
  readonly cpus: number;
  readonly memoryGiB: number;
  readonly storageGiB: number;
  readonly gpus: number;
}

/** What a stack is promised of the machines that it runs on. What they promised to other stacks is not counted. */
export interface Capacity {
  readonly machines: readonly Machines[];
  /** What may be promised of all machines together; a resource that the target does not judge is absent. */
  readonly limit: Partial<Amounts>;
  /** What each workload, shared folder and entry point is promised, all copies of it together at the most that there may be. */
  readonly promised: Readonly<Record<string, Amounts>>;
  /** All of it together. */
  readonly total: Amounts;
}
