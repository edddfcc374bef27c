import type { Context } from "hono";
import { isSameKey } from "../same-key.ts";

/** What is answered without a key: whether the server is alive and ready. */
const OPEN = /^\/v1\/\.well-known\/(live|ready)$/;

/** Lets only those in who know a key; all where there is none to be known. */
export function access(keys: readonly string[] | undefined) {
  return async (context: Context, next: () => Promise<void>) => {
    if (keys === undefined || OPEN.test(context.req.path)) return next();
    const given = context.req.header("authorization")?.match(/^Bearer (.*)$/)?.[1];
    if (given === undefined) {
      const message =
        "anonymous access not enabled. Please authenticate through one of the available methods: [API-keys]";
      return context.json({ code: 401, message }, 401);
    }
    if (keys.some((key) => isSameKey(given, key))) return next();
    return context.json({ code: 401, message: "unauthorized: invalid api key" }, 401);
  };
}
