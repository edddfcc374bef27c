import { z } from "zod";
import type { execa } from "execa";

const metadata = z.object({ metadata: z.object({ urn: z.string(), op: z.string() }) });
const event = z.object({ resourcePreEvent: metadata.optional(), resOutputsEvent: metadata.optional() });

/** When the engine began and ended to work on a resource, in seconds since the command was given. */
export interface Operation {
  readonly urn: string;
  readonly begun: number;
  readonly ended: number;
}

/** The operations of an update, by the moments at which the engine tells of them: `pulumi up --json` prints events as they come. */
export async function operationsOf(update: ReturnType<typeof execa>): Promise<readonly Operation[]> {
  const start = performance.now();
  const begun = new Map<string, number>();
  const operations: Operation[] = [];
  for await (const line of update.iterable({ from: "stdout" })) {
    const now = (performance.now() - start) / 1000;
    const { resourcePreEvent, resOutputsEvent } = event.parse(JSON.parse(String(line)));
    if (resourcePreEvent) begun.set(resourcePreEvent.metadata.urn, now);
    const urn = resOutputsEvent?.metadata.urn;
    if (urn !== undefined) operations.push({ urn, begun: begun.get(urn) ?? now, ended: now });
  }
  return operations;
}
