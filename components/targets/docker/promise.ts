import type { Demand } from "../../model/capacity.ts";

/** Label of a container that says what it is promised: other stacks on the host count it. */
export const PROMISED_LABEL = "keelson.promised";

/** What the label holds, as JSON. Amounts that are zero are left out. */
interface Promised {
  readonly cpus?: number;
  readonly memoryMiB?: number;
  readonly storageGiB?: number;
  readonly gpus?: number;
}

/** The label that says what a container is promised. */
export function promisedLabel({ cpuRequest, memoryRequestMiB, storageGiB, gpus }: Demand) {
  const promised: Promised = {
    ...(cpuRequest > 0 && { cpus: cpuRequest }),
    ...(memoryRequestMiB > 0 && { memoryMiB: memoryRequestMiB }),
    ...(storageGiB && { storageGiB }),
    ...(gpus && { gpus }),
  };
  return { [PROMISED_LABEL]: JSON.stringify(promised) };
}

/**
 * What the labels of a container say that it is promised; nothing where they don't say.
 *
 * @throws Error when the label holds something else
 */
export function promiseOf(labels: Readonly<Record<string, string>>): Demand | undefined {
  const text = labels[PROMISED_LABEL];
  if (text === undefined) return undefined;
  const { cpus = 0, memoryMiB = 0, storageGiB = 0, gpus = 0 } = promisedIn(text);
  return { cpuRequest: cpus, memoryRequestMiB: memoryMiB, storageGiB, gpus };
}

function promisedIn(text: string): Promised {
  const found = parsed(text);
  const isPromised =
    typeof found === "object" &&
    found !== null &&
    Object.values(found).every((amount) => typeof amount === "number");
  if (isPromised) return found;
  throw new Error(
    `the label ${PROMISED_LABEL} is ${text}; it takes amounts, as in {"cpus":0.5,"memoryMiB":512}`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Several promises as one. */
export function together(demands: readonly Demand[]): Demand {
  const sum = (amount: (demand: Demand) => number) =>
    demands.reduce((total, demand) => total + amount(demand), 0);
  return {
    cpuRequest: sum(({ cpuRequest }) => cpuRequest),
    memoryRequestMiB: sum(({ memoryRequestMiB }) => memoryRequestMiB),
    storageGiB: sum(({ storageGiB = 0 }) => storageGiB),
    // Docker gives all of them to each container that may use any.
    gpus: Math.max(0, ...demands.map(({ gpus = 0 }) => gpus)),
  };
}
