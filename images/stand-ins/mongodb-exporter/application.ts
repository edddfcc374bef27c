import { Hono } from "hono";
import { Gauge, Registry } from "prom-client";
import { z } from "zod";

/** Version of the program whose metrics are published. */
export const VERSION = "0.54.0";

/** What this program calls itself. */
export const STAND_IN = "stand-in for mongodb-exporter";

/** What a server is asked. */
export interface Source {
  readonly serverStatus: () => Promise<unknown>;
  readonly databases: () => Promise<readonly string[]>;
  readonly dbStats: (database: string) => Promise<unknown>;
}

const numbers = z.record(z.string(), z.coerce.number().catch(0)).default({});

const status = z.looseObject({ connections: numbers, opcounters: numbers });

const stats = z.looseObject({ dataSize: z.coerce.number(), storageSize: z.coerce.number() });

/** The metrics, by the official program's names; each request asks the server anew. */
export function createApplication(source: Source): Hono {
  const application = new Hono();
  application.get("/", (context) => context.text(STAND_IN));
  application.get("/metrics", async (context) => context.text(await metrics(source)));
  return application;
}

async function metrics(source: Source): Promise<string> {
  const registry = new Registry();
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Gauge({ name: `mongodb_${name}`, help, labelNames, registers: [registry] });
  const up = gauge("up", "whether the server answers");
  up.set(0);
  try {
    const { connections, opcounters } = status.parse(await source.serverStatus());
    const connected = gauge("ss_connections", "serverStatus.connections.", "conn_type");
    for (const [type, count] of Object.entries(connections)) connected.set({ conn_type: type }, count);
    const operations = gauge("ss_opcounters", "serverStatus.opcounters.", "legacy_op_type");
    for (const [type, count] of Object.entries(opcounters)) operations.set({ legacy_op_type: type }, count);
    const data = gauge("dbstats_dataSize", "dbstats.dataSize", "database");
    const storage = gauge("dbstats_storageSize", "dbstats.storageSize", "database");
    for (const database of await source.databases()) {
      const { dataSize, storageSize } = stats.parse(await source.dbStats(database));
      data.set({ database }, dataSize);
      storage.set({ database }, storageSize);
    }
    up.set(1);
  } catch (error) {
    // That it does not answer is what the metrics say; why, is for whoever reads the log.
    console.error(`the server can't be asked: ${error instanceof Error ? error.message : String(error)}`);
  }
  return registry.metrics();
}
