import { Hono } from "hono";
import { body } from "./answer.ts";
import { classSchema } from "./schema.ts";
import type { Store } from "./store.ts";

/** `/v1/schema`: which classes there are, and what they are. */
export function schemaRoutes(store: Store): Hono {
  return new Hono()
    .get("/", (context) => context.json({ classes: store.classes }))
    .post("/", async (context) => {
      const definition = await body(context, classSchema);
      store.addClass(definition);
      return context.json(definition);
    })
    .get("/:class", (context) => {
      const definition = store.findClass(context.req.param("class"));
      return definition ? context.json(definition) : context.body(null, 404);
    })
    .delete("/:class", (context) => {
      store.removeClass(context.req.param("class"));
      return context.body(null, 200);
    });
}
