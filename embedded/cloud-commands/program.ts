import { run, type StandIn } from "./stand-in.ts";

/** Runs as the program that is stood in for; errors go where a program's do. */
export async function main(standIn: StandIn): Promise<void> {
  try {
    process.exitCode = await run(standIn, {
      args: process.argv.slice(2),
      environment: process.env,
      print: (line) => process.stdout.write(`${line}\n`),
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
