import { z } from "zod";
import { Mendable } from "./mendable.ts";
import type { Session } from "./session.ts";

const schema = z.object({
  /** Where it is reached. */
  url: z.string().optional(),
  /** Address by service that answers 200 when it is well. */
  health: z.record(z.string(), z.string()).default({}),
  /** Where its entry point is reached, as `10.0.0.7`: its host names need not be in the DNS. */
  address: z.string().optional(),
});

/** What a stack tells of itself. */
export type Outputs = z.output<typeof schema>;

/**
 * The outputs of a stack that the command line knows how to use.
 *
 * @throws Mendable when they have another form
 */
export async function outputsOf({ engine, stack }: Session): Promise<Outputs> {
  const { success, data, error } = schema.safeParse(
    JSON.parse(await engine.read(["stack", "output", "--json"])),
  );
  if (success) return data;
  throw new Mendable(
    `the outputs of "${stack.name}" are not what they should be: ${z.prettifyError(error)}`,
    "export url and address (text) and health (an object of addresses by service) from its program",
  );
}
