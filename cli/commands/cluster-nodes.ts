import { InvalidArgumentError } from "commander";
import type { SimulatedNodes } from "../../embedded/cluster/index.ts";

/** So many objects a cluster's control plane on one machine keeps up with. */
const MOST_NODES = 1000;

/**
 * Reads simulated nodes as they are written on the command line, `COUNTxCPUSxGIB`, and adds them to the ones before.
 *
 * @throws InvalidArgumentError
 */
export function simulatedNodes(
  text: string,
  before: readonly SimulatedNodes[] = [],
): readonly SimulatedNodes[] {
  const [, ...numbers] = /^(\d+)x(\d+)x(\d+)$/.exec(text) ?? [];
  const [count = 0, cpus = 0, memoryGiB = 0] = numbers.map(Number);
  if (cpus < 1 || memoryGiB < 1 || count > MOST_NODES) {
    throw new InvalidArgumentError(
      `write a count of up to ${MOST_NODES}, CPUs and memory in GiB, as 3x4x16 for three nodes with 4 CPUs and 16 GiB each; 0x1x1 for none`,
    );
  }
  return [...before, { count, cpus, memoryGiB }];
}
