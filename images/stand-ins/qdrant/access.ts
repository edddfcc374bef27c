import type { Context } from "hono";
import { isSameKey } from "../same-key.ts";
import type { Settings } from "./settings.ts";

type Keys = Pick<Settings["service"], "api_key" | "read_only_api_key">;

/** What is answered without a key: whether the server is alive, and which it is. */
const OPEN = /^\/($|healthz$|readyz|livez)/;

/** Requests that change nothing although they are no GET. */
const READING = /^\/collections\/[^/]+\/points(\/(count|query|scroll|search))?$/;

/** Lets only those in who know a key, where there is one. */
export function access({ api_key, read_only_api_key }: Keys) {
  return async (context: Context, next: () => Promise<void>) => {
    const isClosed = (api_key ?? read_only_api_key) !== undefined && !OPEN.test(context.req.path);
    if (!isClosed) return next();
    const given =
      context.req.header("api-key") ?? context.req.header("authorization")?.match(/^Bearer (.*)$/)?.[1];
    if (given === undefined)
      return context.text("Must provide an API key or an Authorization bearer token", 401);
    if (api_key !== undefined && isSameKey(given, api_key)) return next();
    if (read_only_api_key === undefined || !isSameKey(given, read_only_api_key))
      return context.text("Invalid API key or JWT", 401);
    const { method, path } = context.req;
    if (method === "GET" || (method === "POST" && READING.test(path))) return next();
    return context.json({ status: { error: "Forbidden: Global manage access is required" }, time: 0 }, 403);
  };
}
