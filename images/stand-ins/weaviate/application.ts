import { Hono } from "hono";
import { Gauge, Registry } from "prom-client";
import { access } from "./access.ts";
import { body, failure } from "./answer.ts";
import { answerQuery, requestSchema } from "./graphql.ts";
import { objectRoutes } from "./object-routes.ts";
import { RequestError } from "../request-error.ts";
import { schemaRoutes } from "./schema-routes.ts";
import type { Settings } from "./settings.ts";
import type { Store } from "./store.ts";

/** Version of the server whose API is answered. */
export const VERSION = "1.39.6";

/** What this program calls itself. */
export const STAND_IN = "stand-in for weaviate";

/** The HTTP API, as far as it is answered here. */
export function createApplication(
  store: Store,
  { keys, hostname, limit }: Pick<Settings, "keys" | "hostname" | "limit">,
): Hono {
  const application = new Hono()
    .use(access(keys))
    .get("/v1/.well-known/live", (context) => context.body(null, 200))
    .get("/v1/.well-known/ready", (context) => context.body(null, 200))
    .get("/v1/meta", (context) =>
      context.json({ hostname, version: VERSION, modules: {}, standIn: STAND_IN }),
    )
    .route("/v1/schema", schemaRoutes(store))
    .route("/v1", objectRoutes(store, limit))
    .post("/v1/graphql", async (context) =>
      context.json(answerQuery(await body(context, requestSchema), store, limit)),
    );
  application.notFound(({ req }) => {
    throw new RequestError(501, `the stand-in for Weaviate does not know ${req.method} ${req.path}`);
  });
  application.onError(failure);
  return application;
}

/** `/metrics`, on a port of its own; counted anew for each answer, since classes come and go. */
export function metricsRoutes(store: Store): Hono {
  return new Hono().get("/metrics", async (context) => {
    const registry = new Registry();
    const about = { name: "object_count", help: "number of objects", labelNames: ["class_name"] };
    const gauge = new Gauge({ ...about, registers: [registry] });
    for (const { class: name } of store.classes) gauge.set({ class_name: name }, store.objects(name).length);
    return context.text(await registry.metrics());
  });
}
