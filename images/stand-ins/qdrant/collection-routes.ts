import { Hono } from "hono";
import { answer, body } from "./answer.ts";
import { collectionSchema } from "./collection.ts";
import type { Store } from "./store.ts";

/** `/collections`: which there are, and what they are. */
export function collectionRoutes(store: Store): Hono {
  return new Hono()
    .get("/", (context) => answer(context, { collections: store.names.map((name) => ({ name })) }))
    .get("/:name/exists", (context) => answer(context, { exists: store.has(context.req.param("name")) }))
    .get("/:name", (context) => {
      const { count, settings } = store.get(context.req.param("name"));
      return answer(context, {
        status: "green",
        optimizer_status: "ok",
        points_count: count,
        // Nothing is indexed: every search compares all points.
        indexed_vectors_count: 0,
        segments_count: 1,
        config: {
          params: { ...settings, shard_number: 1, replication_factor: 1, write_consistency_factor: 1 },
        },
        payload_schema: {},
      });
    })
    .put("/:name", async (context) => {
      const { vectors } = await body(context, collectionSchema);
      store.create(context.req.param("name"), { vectors });
      return answer(context, true);
    })
    .delete("/:name", (context) => answer(context, store.remove(context.req.param("name"))));
}
