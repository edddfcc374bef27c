import { openSession } from "../session.ts";
import { progress } from "../terminal.ts";

/** Shows what `up` would change, as `pulumi preview` does. No image is obtained for it. */
export async function preview(name: string, flags: readonly string[]): Promise<number> {
  const { engine } = await openSession(name, progress);
  return engine.run(["preview", ...flags]);
}
