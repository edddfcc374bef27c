import { Hono } from "hono";
import { Gauge, Registry } from "prom-client";
import { answer } from "./answer.ts";
import type { Store } from "./store.ts";

/** Version of the server whose API is answered. */
export const VERSION = "1.19.1";

/** What says which server this is, and how it is. */
export function serviceRoutes(store: Store): Hono {
  return new Hono()
    .get("/", (context) => context.json({ title: STAND_IN, version: VERSION }))
    .get("/healthz", (context) => context.text("healthz check passed"))
    .get("/livez", (context) => context.text("healthz check passed"))
    .get("/readyz", (context) => context.text("all shards are ready"))
    .get("/telemetry", (context) =>
      answer(context, {
        app: { name: STAND_IN, version: VERSION },
        collections: { number_of_collections: store.names.length },
      }),
    )
    .route("/", metricsRoutes(store));
}

/** `/metrics`, which a port of its own has as well. */
export function metricsRoutes(store: Store): Hono {
  return new Hono().get("/metrics", async (context) => context.text(await metrics(store)));
}

/** What this program calls itself. */
export const STAND_IN = "stand-in for qdrant";

/** Counted anew for each answer: collections come and go. */
function metrics(store: Store): Promise<string> {
  const registry = new Registry();
  const registers = [registry];
  const about = { name: "app_info", help: "information about the server", labelNames: ["name", "version"] };
  new Gauge({ ...about, registers }).set({ name: STAND_IN, version: VERSION }, 1);
  new Gauge({ name: "collections_total", help: "number of collections", registers }).set(store.names.length);
  const points = {
    name: "collection_points",
    help: "approximate amount of points per collection",
    labelNames: ["id"],
  };
  const gauge = new Gauge({ ...points, registers });
  for (const name of store.names) gauge.set({ id: name }, store.get(name).count);
  return registry.metrics();
}
