import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import { badRequest, RequestError } from "../request-error.ts";
import { access, type Identified } from "./access.ts";
import { accountRoutes } from "./account-routes.ts";
import { type Accounts, ADMINISTRATOR } from "./accounts.ts";
import { failure, read } from "./answer.ts";
import type { Ask } from "./engine.ts";
import { fromStored, toStored } from "./mapping.ts";
import { asksForNearest, nearest } from "./nearest.ts";
import { check } from "./rights.ts";
import type { Settings } from "./settings.ts";

/** Version of the server whose API is answered. */
export const VERSION = "8.19.20";

/** What this program calls itself. */
export const STAND_IN = "stand-in for elasticsearch";

/** Elasticsearch's own limit, `http.max_content_length`. */
const MOST_BYTES = 100 * 1024 * 1024;

/** The HTTP API: users and vectors are answered here, all else behind. */
export function createApplication(
  ask: Ask,
  accounts: Accounts,
  { cluster, node }: Pick<Settings, "cluster" | "node">,
): Hono {
  const application = new Hono<Identified>()
    .use(async (context, next) => {
      await next();
      // Elasticsearch's own clients talk to nobody else.
      context.header("X-Elastic-Product", "Elasticsearch");
    })
    .use(access(accounts))
    .use(bodyLimit({ maxSize: MOST_BYTES }), withoutBody)
    .route("/_security", accountRoutes(accounts))
    .use(async (context, next) => {
      const user = context.get("user");
      if (user === ADMINISTRATOR) return next();
      const { searchParams } = new URL(context.req.url);
      if (searchParams.has("source")) throw badRequest("the stand-in for Elasticsearch reads bodies only");
      const { method } = context.req;
      check(user, accounts.rolesOf(user), {
        method,
        parts: partsOf(context),
        body: await context.req.text(),
      });
      return next();
    })
    .get("/", (context) => context.json(about(cluster, node)))
    .all("*", (context) => answer(context, ask));
  application.onError(failure);
  return application as unknown as Hono;
}

/** Refuses what the server below would not hand on: the body of a request to read, for which POST does the same. */
async function withoutBody({ req }: Context, next: () => Promise<void>): Promise<void> {
  const hasBody =
    Number(req.header("content-length") ?? 0) > 0 || req.header("transfer-encoding") !== undefined;
  if (hasBody && ["GET", "HEAD"].includes(req.method))
    throw new RequestError(501, `the stand-in for Elasticsearch reads no body of a ${req.method}; use POST`);
  return next();
}

const jsonSchema = z.record(z.string(), z.unknown());

async function answer(context: Context, ask: Ask): Promise<Response> {
  const { method } = context.req;
  const { pathname, search } = new URL(context.req.url);
  const [index, api, more] = partsOf(context);
  const body = await context.req.text();
  const isOfIndex = index !== undefined && !index.startsWith("_") && more === undefined;
  if (isOfIndex && api === "_search" && asksForNearest(body))
    return context.json(await nearest(pathname.split("/")[1]!, body, ask));
  const concernsMapping = isOfIndex && (api === undefined || api === "_mapping");
  const response = await ask({
    method,
    path: `${pathname}${search}`,
    contentType: /\/(_bulk|_msearch)$/.test(pathname) ? "application/x-ndjson" : "application/json",
    ...(body !== "" && {
      body: concernsMapping ? JSON.stringify(toStored(read(body, jsonSchema))) : body,
    }),
  });
  const text = await response.text();
  const shown =
    concernsMapping && method === "GET" && response.ok
      ? JSON.stringify(fromStored(read(text, jsonSchema)))
      : text;
  const headers = { "content-type": response.headers.get("content-type") ?? "application/json" };
  return new Response(method === "HEAD" ? null : shown, { status: response.status, headers });
}

/** The parts of a path as the engine takes them: empty ones don't count. */
function partsOf({ req }: Context): string[] {
  const parts = new URL(req.url).pathname.split("/").filter(Boolean);
  try {
    return parts.map(decodeURIComponent);
  } catch {
    throw badRequest(`the path ${req.path} is not encoded as it should be`);
  }
}

function about(cluster: string, node: string) {
  return {
    name: node,
    cluster_name: cluster,
    version: { number: VERSION, build_flavor: "default", build_type: "docker" },
    tagline: "You Know, for Search",
    standIn: STAND_IN,
  };
}
