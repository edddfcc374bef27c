import { type Context, Hono } from "hono";
import { z } from "zod";
import { answer, body } from "./answer.ts";
import type { Collection, Hit } from "./collection.ts";
import { filterSchema } from "./filter.ts";
import { pointId, pointSchema, selectionSchema, shown, type StoredPoint } from "./point.ts";
import { notFound } from "../request-error.ts";
import type { Store } from "./store.ts";

const limit = z.int().positive().default(10);
const filter = filterSchema.nullish();

const upsertSchema = z.strictObject({ points: z.array(pointSchema).min(1) });
const removeSchema = z.union([
  z.strictObject({ points: z.array(pointId) }),
  z.strictObject({ filter: filterSchema }),
]);
const retrieveSchema = selectionSchema.extend({ ids: z.array(pointId) });
const scrollSchema = selectionSchema.extend({ filter, limit, offset: pointId.nullish() });
const countSchema = z.object({ filter });

/** How near a point must be; the options of an index (`params`) have no meaning where there is none. */
const nearnessSchema = selectionSchema.extend({
  filter,
  limit,
  offset: z.int().nonnegative().nullish(),
  score_threshold: z.number().nullish(),
  using: z.null().optional(),
});
const searchSchema = nearnessSchema.extend({ vector: z.array(z.number()) });
const querySchema = nearnessSchema.extend({
  prefetch: z.null().optional(),
  query: z.union([
    z.array(z.number()),
    z.strictObject({ nearest: z.array(z.number()) }).transform(({ nearest }) => nearest),
  ]),
});

/** `/collections/:name/points`: to write points, and to find them. */
export function pointRoutes(store: Store): Hono {
  let operations = 0;
  const collectionOf = (context: Context) => store.get(context.req.param("name")!);
  // What is answered is on the disk, whether the client asked to wait for it or not.
  const done = (context: Context) => answer(context, { operation_id: operations++, status: "completed" });

  return new Hono()
    .put("/", async (context) => {
      collectionOf(context).upsert((await body(context, upsertSchema)).points);
      return done(context);
    })
    .post("/delete", async (context) => {
      const collection = collectionOf(context);
      const wanted = await body(context, removeSchema);
      collection.remove(
        "points" in wanted ? wanted.points : Array.from(collection.points(wanted.filter), ({ id }) => id),
      );
      return done(context);
    })
    .post("/count", async (context) => {
      const collection = collectionOf(context);
      const wanted = await body(context, countSchema);
      return answer(context, { count: [...collection.points(wanted.filter)].length });
    })
    .post("/scroll", async (context) => {
      const wanted = await body(context, scrollSchema);
      const page: StoredPoint[] = [];
      for (const point of collectionOf(context).points(wanted.filter, wanted.offset)) {
        if (page.push(point) > wanted.limit) break;
      }
      const [next] = page.splice(wanted.limit);
      const points = page.map((point) => shown(point, wanted, true));
      return answer(context, { points, next_page_offset: next?.id ?? null });
    })
    .post("/search", async (context) => {
      const wanted = await body(context, searchSchema);
      return answer(context, found(collectionOf(context), wanted.vector, wanted));
    })
    .post("/query", async (context) => {
      const wanted = await body(context, querySchema);
      return answer(context, { points: found(collectionOf(context), wanted.query, wanted) });
    })
    .post("/", async (context) => {
      const collection = collectionOf(context);
      const wanted = await body(context, retrieveSchema);
      const points = wanted.ids.flatMap((id) => collection.find(id) ?? []);
      return answer(
        context,
        points.map((point) => shown(point, wanted, true)),
      );
    })
    .get("/:id", (context) => {
      const given = context.req.param("id");
      const id = pointId.safeParse(/^\d+$/.test(given) ? Number(given) : given);
      const point = id.success ? collectionOf(context).find(id.data) : undefined;
      if (!point) throw notFound(`Not found: Point with id ${given} does not exists!`);
      return answer(context, shown(point, { with_vector: true }, true));
    });
}

function found(collection: Collection, vector: readonly number[], wanted: z.infer<typeof nearnessSchema>) {
  const hits = collection.search({ ...wanted, vector, threshold: wanted.score_threshold });
  return hits.map(({ point, score }: Hit) => ({ ...shown(point, wanted, false), score, version: 0 }));
}
