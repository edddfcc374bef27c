import { z } from "zod";
import type { Command } from "./stack.ts";

const metadata = z.object({ metadata: z.object({ urn: z.string(), op: z.string() }) });
const event = z.object({
  resourcePreEvent: metadata.optional(),
  resOutputsEvent: metadata.optional(),
  diagnosticEvent: z.object({ severity: z.string(), message: z.string() }).optional(),
});

/** When the engine began and ended to work on a resource, in seconds since the command was given. */
export interface Operation {
  readonly urn: string;
  readonly begun: number;
  readonly ended: number;
}

/**
 * The operations of an update, by the moments at which the engine tells of them: `pulumi up --json` prints events as
 * they come.
 *
 * @throws Error with the engine's own words when the update fails
 */
export async function operationsOf(update: Command): Promise<readonly Operation[]> {
  const start = performance.now();
  const begun = new Map<string, number>();
  const operations: Operation[] = [];
  const errors: string[] = [];
  for await (const line of update.iterable({ from: "stdout" })) {
    const now = (performance.now() - start) / 1000;
    const { resourcePreEvent, resOutputsEvent, diagnosticEvent } = event.parse(JSON.parse(line));
    if (resourcePreEvent) begun.set(resourcePreEvent.metadata.urn, now);
    const urn = resOutputsEvent?.metadata.urn;
    if (urn !== undefined) operations.push({ urn, begun: begun.get(urn) ?? now, ended: now });
    if (diagnosticEvent?.severity === "error") errors.push(diagnosticEvent.message);
  }
  if ((await update).failed) throw new Error(`"pulumi up" failed: ${errors.join("\n")}`);
  return operations;
}
