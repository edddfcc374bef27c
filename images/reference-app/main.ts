// Everything in the image is this program: it does what the name by which it was called says.
import path from "node:path";
import { commands } from "./commands/index.ts";

async function main([, script = "", ...args]: readonly string[]): Promise<number> {
  const name = path.basename(script, path.extname(script));
  const command = commands[name];
  if (command) return command(args, process.env);
  console.error(
    `"${name}" is not a command of the reference application: ${Object.keys(commands).join(", ")} are`,
  );
  return 2;
}

void main(process.argv).then((status) => process.exit(status));
