import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { z } from "zod";

/** What a program in bench/programs reports of itself as its last words. */
const report = z.object({
  /** How long its work took. */
  seconds: z.number(),
  /** The most memory that its process had, in MiB. */
  peakMiB: z.number(),
  /** How many resources it registered. */
  resources: z.number().default(0),
});

/** How a program went. */
export type Sample = z.output<typeof report>;

/** Where the memory of a program ends, in MiB: far above the aim, so that a program that misses it is measured too. */
const HEAP_MIB = 12_288;

/** Runs a program of bench/programs in a process of its own, with this Node. */
export async function runProgram(name: string, ...args: readonly string[]): Promise<Sample> {
  const file = fileURLToPath(new URL(`../programs/${name}.ts`, import.meta.url));
  const { stdout } = await execa(process.execPath, [`--max-old-space-size=${HEAP_MIB}`, file, ...args]);
  return report.parse(JSON.parse(stdout.slice(stdout.lastIndexOf("\n") + 1)));
}
