import { openSession } from "../session.ts";
import { progress } from "../terminal.ts";

/** Runs any command of Pulumi with the engine, plugins, state and passphrase that the stack has here. */
export async function pulumi(name: string, args: readonly string[]): Promise<number> {
  const { engine } = await openSession(name, progress);
  return engine.run(args);
}
