import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { answer, body } from "./answer.ts";
import { badRequest } from "../request-error.ts";
import type { Snapshots } from "./snapshots.ts";

const recoverSchema = z.object({
  location: z.url({ protocol: /^(file|https?)$/ }).transform((url) => new URL(url)),
  checksum: z.string().nullish(),
  api_key: z.string().nullish(),
});

/** `/collections/:name/snapshots`: to make them, fetch them, and go back to them. */
export function snapshotRoutes(snapshots: Snapshots): Hono {
  const collectionOf = (context: Context) => context.req.param("name")!;
  return new Hono()
    .get("/", async (context) => answer(context, await snapshots.list(collectionOf(context))))
    .post("/", async (context) => answer(context, await snapshots.create(collectionOf(context))))
    .put("/recover", async (context) => {
      const { location, checksum, api_key } = await body(context, recoverSchema);
      await snapshots.recover(collectionOf(context), location, api_key ?? undefined, checksum ?? undefined);
      return answer(context, true);
    })
    .post("/upload", async (context) => {
      const { snapshot } = await context.req.parseBody();
      if (!(snapshot instanceof File)) throw badRequest("Wrong input: the form has no file named snapshot");
      await snapshots.receive(collectionOf(context), snapshot, context.req.query("checksum"));
      return answer(context, true);
    })
    .get("/:snapshot", async (context) => {
      const file = await snapshots.file(collectionOf(context), context.req.param("snapshot"));
      const headers = {
        "content-type": "application/octet-stream",
        "content-length": `${(await stat(file)).size}`,
      };
      return context.body(Readable.toWeb(createReadStream(file)) as ReadableStream, 200, headers);
    })
    .delete("/:snapshot", async (context) => {
      await snapshots.remove(collectionOf(context), context.req.param("snapshot"));
      return answer(context, true);
    });
}
