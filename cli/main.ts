import { commandLine } from "./command-line.ts";
import { explain } from "./mendable.ts";

const program = commandLine((status) => (process.exitCode = status));
try {
  await program.parseAsync();
} catch (error) {
  console.error(explain(error, Boolean(program.opts()["verbose"] ?? process.env["DEBUG"])));
  process.exitCode = 1;
}
