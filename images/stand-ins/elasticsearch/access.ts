import type { Context } from "hono";
import { RequestError } from "../request-error.ts";
import type { Accounts } from "./accounts.ts";

/** What is known of a request once it is let in. */
export interface Identified {
  // Hono takes this name.
  readonly Variables: { readonly user: string };
}

/** Lets only those in who say who they are, with the right password. */
export function access(accounts: Accounts) {
  return async (context: Context<Identified>, next: () => Promise<void>) => {
    const header = context.req.header("authorization");
    const encoded = header?.match(/^Basic (.*)$/i)?.[1];
    if (encoded === undefined) {
      const path = context.req.path;
      throw new RequestError(401, `missing authentication credentials for REST request [${path}]`);
    }
    const [, user, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, "base64").toString("utf8")) ?? [];
    if (user === undefined || password === undefined || !accounts.knows(user, password))
      throw new RequestError(401, `unable to authenticate user [${user ?? ""}]`);
    context.set("user", user);
    await next();
  };
}
