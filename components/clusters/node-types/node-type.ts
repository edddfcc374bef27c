/** What a machine has. */
export interface NodeType {
  readonly cpus: number;
  readonly memoryGiB: number;
  /**
   * NVIDIA's graphics processors.
   *
   * @defaultValue 0
   */
  readonly gpus?: number;
}

/** What pods may ask for on one node; what the cloud keeps for itself, and what its own pods ask for, is left out. */
export interface Allocatable {
  readonly cpus: number;
  readonly memoryGiB: number;
  /** Most pods, those of the system left out. */
  readonly pods: number;
  readonly gpus?: number;
}

/** What a pod of the system asks for. */
export interface SystemPod {
  readonly milliCpus: number;
  readonly memoryMiB: number;
}

/** What of a machine is not for pods, by the cloud's own formulae. */
export interface Reservation {
  /** Share of the memory that firmware and kernel take before the kubelet counts any. */
  readonly unseenShare: number;
  /** Kept for the kubelet and the container runtime. */
  readonly cpus: number;
  /** The same of memory, of as much as the kubelet counts; in GiB. */
  readonly memoryGiB: (counted: number) => number;
  /** Memory that has to stay free, lest pods are evicted. */
  readonly evictionMiB: number;
  /** Most pods that the kubelet takes. */
  readonly maxPods: number;
  /** Pods of the system, of each of which a node may have one. */
  readonly system: Readonly<Record<string, SystemPod>>;
}

/** What of a machine is left for pods. */
export function allocatable({ cpus, memoryGiB, gpus }: NodeType, reservation: Reservation): Allocatable {
  const pods = Object.values(reservation.system);
  const counted = memoryGiB * (1 - reservation.unseenShare);
  const keptGiB = reservation.memoryGiB(counted) + reservation.evictionMiB / 1024;
  return {
    cpus: floor(cpus - reservation.cpus - sum(pods.map(({ milliCpus }) => milliCpus)) / 1000),
    memoryGiB: floor(counted - keptGiB - sum(pods.map(({ memoryMiB }) => memoryMiB)) / 1024),
    pods: reservation.maxPods - pods.length,
    ...(gpus !== undefined && { gpus }),
  };
}

/** One step of a reservation that grows more slowly the more there is. */
export interface Tier {
  /** How far the step goes. */
  readonly upTo: number;
  readonly share: number;
}

/** What steps of an amount add up to. */
export function tiered(amount: number, tiers: readonly Tier[]): number {
  const steps = tiers.map(({ upTo, share }, index) => {
    const from = tiers[index - 1]?.upTo ?? 0;
    return Math.max(0, Math.min(amount, upTo) - from) * share;
  });
  return sum(steps);
}

/**
 * Looks a type up by its name.
 *
 * @throws Error if it is not known, with those that are
 */
export function typeNamed<Type extends NodeType>(
  name: string,
  types: Readonly<Record<string, Type>>,
  cloud: string,
): Type {
  const type = Object.hasOwn(types, name) ? types[name] : undefined;
  if (type) return type;
  const known = Object.keys(types).join(", ");
  throw new Error(`"${name}" is no machine type that is known of ${cloud}; use one of: ${known}`);
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

/** To hundredths, downwards; fractions of decimal numbers miss by less than a millionth. */
function floor(amount: number): number {
  return Math.floor(amount * 100 + 1e-6) / 100;
}
