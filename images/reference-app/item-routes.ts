import { Hono } from "hono";
import { describe } from "./errors.ts";
import type { Service } from "./service.ts";

/** Characters that an item may have. */
const longest = 10_000;

/** Writes and reads items; without a database, says so. */
export function itemRoutes({ items, logger, redact }: Service): Hono {
  const routes = new Hono();
  if (!items) {
    return routes.all("*", (context) =>
      context.json({ error: "this service has no database: DATABASE_URL is not set" }, 404),
    );
  }
  routes.get("/", async (context) => context.json({ items: await items.newest() }));
  routes.get("/:id{[0-9]{1,18}}", async (context) => {
    const item = await items.get(context.req.param("id"));
    return item
      ? context.json(item)
      : context.json({ error: `there is no item ${context.req.param("id")}` }, 404);
  });
  routes.post("/", async (context) => {
    const text = textOf(await context.req.json<unknown>().catch(() => undefined));
    if (text === undefined) {
      return context.json({ error: `expected {"text": "…"} with 1 to ${longest} characters, as JSON` }, 400);
    }
    return context.json(await items.add(text), 201);
  });
  routes.onError((error, context) => {
    const reason = redact(describe(error));
    logger.error({ reason }, "the database failed");
    return context.json({ error: `the database failed: ${reason}` }, 503);
  });
  return routes;
}

function textOf(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || !("text" in body)) return undefined;
  const { text } = body;
  return typeof text === "string" && text.length >= 1 && text.length <= longest ? text : undefined;
}
