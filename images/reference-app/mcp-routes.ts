import { createHash, timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
import type { Service } from "./service.ts";

/** The version of the Model Context Protocol that is spoken with clients that name none. */
const VERSION = "2025-06-18";

/** A message of JSON-RPC 2.0, as far as it is looked at. */
interface Message {
  readonly id?: unknown;
  readonly method: string;
  readonly params?: { readonly protocolVersion?: unknown };
}

/** What is answered, by the method that is called. */
const methods: Readonly<Record<string, (message: Message, service: string) => object>> = {
  initialize: ({ params }, service) => ({
    protocolVersion: typeof params?.protocolVersion === "string" ? params.protocolVersion : VERSION,
    capabilities: { tools: {} },
    serverInfo: { name: `keelson's reference application, standing in for "${service}"`, version: "1" },
  }),
  ping: () => ({}),
  "tools/list": () => ({ tools: [] }),
};

/** The Model Context Protocol over HTTP, for whoever has one of the keys; without keys, says so. It has no tools of its own. */
export function mcpRoutes({ name, mcpKeys }: Service): Hono {
  const routes = new Hono();
  if (mcpKeys.length === 0)
    return routes.all("*", (context) =>
      context.json({ error: "no agent is let in here: MCP_API_KEYS is not set" }, 404),
    );
  routes.use(async (context, next) => {
    const given = context.req.header("x-api-key");
    if (given !== undefined && isAmong(mcpKeys, given)) return next();
    return context.json({ error: "X-API-KEY has to be a valid key" }, 401);
  });
  routes.post("/", async (context) => {
    const message = messageOf(await context.req.json<unknown>().catch(() => undefined));
    if (!message) return context.json(failure(null, -32600, "expected a message of JSON-RPC 2.0"), 400);
    // A notification is not answered.
    if (message.id === undefined) return context.body(null, 202);
    const method = Object.hasOwn(methods, message.method) ? methods[message.method] : undefined;
    if (!method) return context.json(failure(message.id, -32601, `there is no method "${message.method}"`));
    return context.json({ jsonrpc: "2.0", id: message.id, result: method(message, name) });
  });
  // It has nothing to say unasked, which clients find out by this.
  routes.all("/", (context) => context.body(null, 405, { allow: "POST" }));
  return routes;
}

/** Compares with all keys, in a time that tells nothing of any. */
function isAmong(keys: readonly string[], given: string): boolean {
  return keys.map((key) => timingSafeEqual(digest(key), digest(given))).includes(true);
}

const digest = (text: string) => createHash("sha256").update(text).digest();

const failure = (id: unknown, code: number, message: string) => ({
  jsonrpc: "2.0",
  id,
  error: { code, message },
});

function messageOf(body: unknown): Message | undefined {
  if (typeof body !== "object" || body === null || !("jsonrpc" in body) || !("method" in body))
    return undefined;
  return body.jsonrpc === "2.0" && typeof body.method === "string" ? (body as Message) : undefined;
}
