import { Hono } from "hono";
import { z } from "zod";
import { notFound, RequestError } from "../request-error.ts";
import { type Accounts, ADMINISTRATOR, roleSchema } from "./accounts.ts";
import type { Identified } from "./access.ts";
import { read } from "./answer.ts";

const userSchema = z.strictObject({
  password: z.string().min(6, "passwords have 6 characters or more"),
  roles: z.array(z.string()),
  full_name: z.string().optional(),
  email: z.string().optional(),
});

/** What concerns users and roles, below `/_security`. */
export function accountRoutes(accounts: Accounts): Hono<Identified> {
  return new Hono<Identified>()
    .get("/_authenticate", (context) => {
      const username = context.get("user");
      const roles = username === ADMINISTRATOR ? ["superuser"] : accounts.roleNamesOf(username);
      return context.json({ username, roles, enabled: true, authentication_type: "realm" });
    })
    .use(async (context, next) => {
      if (context.get("user") === ADMINISTRATOR) return next();
      throw new RequestError(403, `user [${context.get("user")}] has no right to users and roles`);
    })
    .on(["PUT", "POST"], "/user/:name", async (context) => {
      const name = context.req.param("name");
      if (name === ADMINISTRATOR) throw new RequestError(400, `user [${name}] is reserved`);
      const { password, roles } = read(await context.req.text(), userSchema);
      return context.json({ created: accounts.putUser(name, password, roles) });
    })
    .get("/user/:name", (context) => {
      const name = context.req.param("name");
      const roles = accounts.roleNamesOf(name);
      if (!roles) throw notFound(`there is no user [${name}]`);
      return context.json({ [name]: { username: name, roles, enabled: true } });
    })
    .delete("/user/:name", (context) => {
      const isFound = accounts.removeUser(context.req.param("name"));
      return context.json({ found: isFound }, isFound ? 200 : 404);
    })
    .on(["PUT", "POST"], "/role/:name", async (context) => {
      const role = read(await context.req.text(), roleSchema);
      return context.json({ role: { created: accounts.putRole(context.req.param("name"), role) } });
    });
}
