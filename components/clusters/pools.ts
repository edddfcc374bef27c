import type { PoolArgs, PoolsArgs } from "./cloud-args.ts";

/** Nodes of one kind, with everything decided. */
export type Pool = Required<PoolArgs>;

/** What the nodes of a pool are for. */
export type PoolName = keyof PoolsArgs;

/** A cloud's own sizes; that of `gpu` counts where a stack asks for graphics processors. */
export type PoolDefaults = Readonly<Record<PoolName, Omit<Pool, "diskGiB">>>;

/** Pools of a cluster, with everything decided. */
export interface Pools {
  readonly general: Pool;
  /** Made if something needs it; absent if there is to be none. */
  readonly memory?: Pool;
  readonly gpu?: Pool;
}

const DISK_GIB = 100;

/** The label by which all clouds' nodes tell which pool of which cluster they belong to. */
const LABEL = "keelson.pool";

/** The pools that arguments ask for; what they leave open is the cloud's own size, and a disk of 100 GiB. */
export function poolsOf(defaults: PoolDefaults, args: PoolsArgs = {}): Pools {
  const { general, memory, gpu } = args;
  const pool = (name: PoolName, own: PoolArgs = {}): Pool => within({ ...defaults[name], ...own }, own);
  return {
    general: pool("general", general),
    ...(memory !== false && { memory: pool("memory", memory) }),
    ...(gpu && { gpu: pool("gpu", gpu) }),
  };
}

/** A default gives way where it contradicts what was stated: whoever says `max: 2` alone starts with two nodes at most. */
function within(pool: Omit<Pool, "diskGiB">, own: PoolArgs): Pool {
  const { diskGiB = DISK_GIB } = own;
  const max = own.max ?? Math.max(pool.max, own.min ?? 0, own.initial ?? 0);
  const min = own.min ?? Math.min(pool.min, max, own.initial ?? max);
  const initial = own.initial ?? Math.min(Math.max(pool.initial, min), max);
  return { ...pool, min, initial, max, diskGiB };
}

/** The labels that the nodes of a pool have, and no other node of any cluster. */
export function poolLabels(cluster: string, pool: string): Record<string, string> {
  return { [LABEL]: `${cluster}-${pool}` };
}

/** What a cloud's kinds of machines are to pools. */
export type PoolTypes = Readonly<Record<string, { readonly gpus?: number }>>;

/**
 * What is wrong with some pools, by property.
 *
 * @param types - kinds of machines that the cloud has
 */
export function poolMistakes(
  pools: Pools,
  types: PoolTypes,
): { readonly propertyPath: string; readonly reason: string }[] {
  const mistakes = Object.entries(pools).map(([name, pool]: [string, Pool]) =>
    [typeMistake(name as PoolName, pool, types), countMistake(pool), diskMistake(pool)].map((reason) => ({
      propertyPath: `pools.${name}`,
      reason: reason && `pool "${name}": ${reason}`,
    })),
  );
  return mistakes.flat().flatMap(({ reason, ...rest }) => (reason ? [{ ...rest, reason }] : []));
}

/** Which pools are of machines with graphics processors: their nodes get drivers, and those of the others don't. */
const WITH_GRAPHICS: Readonly<Record<PoolName, boolean>> = { general: false, memory: false, gpu: true };

function typeMistake(name: PoolName, { type }: Pool, types: PoolTypes): string | undefined {
  const graphics = WITH_GRAPHICS[name];
  const fitting = Object.keys(types).filter((each) => Boolean(types[each]!.gpus) === graphics);
  if (fitting.includes(type)) return undefined;
  const wrong = Object.hasOwn(types, type)
    ? `a machine ${graphics ? "without" : "with"} graphics processors`
    : "a machine of unknown size";
  return `"${type}" is ${wrong}; use one of ${fitting.join(", ")}`;
}

function countMistake({ min, initial, max }: Pool): string | undefined {
  const whole = [min, initial, max].every((count) => Number.isInteger(count) && count >= 0);
  if (whole && max > 0 && min <= initial && initial <= max) return undefined;
  return `min ${min}, initial ${initial} and max ${max} have to be whole numbers that never fall, and max at least 1`;
}

/** Images of containers alone take some 15 GiB; 16384 GiB is the least of what the clouds' disks may have at most. */
function diskMistake({ diskGiB }: Pool): string | undefined {
  if (Number.isInteger(diskGiB) && diskGiB >= 20 && diskGiB <= 16384) return undefined;
  return `diskGiB is ${diskGiB}; state a whole number from 20 to 16384`;
}
