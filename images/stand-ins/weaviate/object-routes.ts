import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { z } from "zod";
import { body } from "./answer.ts";
import { notFound, unprocessable } from "../request-error.ts";
import { objectSchema, type StoredObject } from "./schema.ts";
import type { Store } from "./store.ts";

const batchSchema = z.object({ objects: z.array(objectSchema) });

/** `/v1/objects` and `/v1/batch/objects`: to write objects, and to have them by their ids. */
export function objectRoutes(store: Store, limit: number): Hono {
  const find = (name: string, id: string): StoredObject => {
    const object = store.find(name, id);
    if (!object) throw notFound(`no object of class ${name} with id ${id}`);
    return object;
  };
  return new Hono()
    .post("/objects", async (context) => {
      const { id = randomUUID(), ...given } = await body(context, objectSchema);
      if (store.find(given.class, id)) throw unprocessable(`id '${id}' already exists`);
      store.write([{ ...given, id }]);
      return context.json(shown(find(given.class, id), true));
    })
    .post("/batch/objects", async (context) => {
      const given = (await body(context, batchSchema)).objects;
      const objects = given.map((object) => ({ ...object, id: object.id ?? randomUUID() }));
      store.write(objects);
      const written = objects.map(({ class: name, id }) => shown(find(name, id), true));
      return context.json(written.map((object) => ({ ...object, result: { status: "SUCCESS" } })));
    })
    .get("/objects", (context) => {
      const { class: name, limit: most = `${limit}` } = context.req.query();
      const classes = name === undefined ? store.classes.map((one) => one.class) : [name];
      const objects = classes.flatMap((one) => store.objects(one)).slice(0, Number(most));
      return context.json({
        objects: objects.map((object) => shown(object, false)),
        totalResults: objects.length,
      });
    })
    .get("/objects/:class/:id", (context) => {
      const { class: name, id } = context.req.param();
      const withVector = context.req.query("include")?.split(",").includes("vector") ?? false;
      return context.json(shown(find(name, id), withVector));
    })
    .put("/objects/:class/:id", async (context) => {
      const { class: name, id } = context.req.param();
      find(name, id);
      store.write([{ ...(await body(context, objectSchema)), class: name, id }]);
      return context.json(shown(find(name, id), true));
    })
    .delete("/objects/:class/:id", (context) => {
      const { class: name, id } = context.req.param();
      return context.body(null, store.remove(name, id) ? 204 : 404);
    });
}

function shown({ vector, ...object }: StoredObject, withVector: boolean) {
  return { ...object, ...(withVector && vector && { vector: [...vector] }) };
}
