import type * as pulumi from "@pulumi/pulumi";

/** Values of a chart. */
export type ChartValues = Readonly<Record<string, unknown>>;

/** One chart, pinned: where it comes from, where it goes, and how it is set up. */
export interface Chart {
  /** Address of the repository that has it under its name. */
  readonly repository: string;
  /** Version of the chart, which is not always that of the program. */
  readonly version: string;
  /** Namespace of its own. */
  readonly namespace: string;
  readonly values: ChartValues;
  /**
   * Ports of its pods that the API server calls, which a firewall between control plane and nodes has to let through.
   *
   * @defaultValue none
   */
  readonly calledPorts?: readonly number[];
}

/** Name of the priority class of all add-ons: workloads make room for them, and they for nothing but the system's own pods. */
export const PRIORITY_CLASS = "cluster-add-ons";

/** Two copies, so that a node may go at any time, and one of them stays. */
export const COPIES = 2;

/** A budget that lets nodes be emptied one by one. */
export const ONE_AWAY = { maxUnavailable: 1 } as const;

/** Copies of these labels on different nodes in different zones, as far as there are such. */
export function spread(matchLabels: Readonly<Record<string, string>>): readonly object[] {
  return ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels },
  }));
}

/**
 * What a container is promised and what it may take at most.
 *
 * @param cpu cores that it is promised; it may take up to one
 * @param memoryMiB memory that it is promised
 * @param memoryLimitMiB memory above which it is ended
 */
export function resources(cpu: number, memoryMiB: number, memoryLimitMiB: number): object {
  return {
    requests: { cpu: `${cpu * 1000}m`, memory: `${memoryMiB}Mi` },
    limits: { cpu: "1", memory: `${memoryLimitMiB}Mi` },
  };
}

/** Values with others laid over them: maps are joined, anything else is replaced, as Helm does it. */
export function overlaid(below: ChartValues, above: ChartValues): ChartValues {
  const joined = Object.entries(above).map(([key, value]) => {
    const under = below[key];
    return [key, isPlain(under) && isPlain(value) ? overlaid(under, value) : value] as const;
  });
  return { ...below, ...Object.fromEntries(joined) };
}

function isPlain(value: unknown): value is ChartValues {
  return value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype;
}

/** What the Service of an entry is told by the cloud that answers it with a load balancer. */
export interface EntryService {
  /**
   * Annotations that the cloud reads.
   *
   * @defaultValue none
   */
  readonly annotations?: Readonly<Record<string, pulumi.Input<string>>>;
  /**
   * Fields of the Service's specification, as `loadBalancerClass`.
   *
   * @defaultValue a load balancer that leaves the address of the client as it is
   */
  readonly spec?: Readonly<Record<string, unknown>>;
}
