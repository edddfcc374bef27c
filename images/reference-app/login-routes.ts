import { Hono } from "hono";
import { describe } from "./errors.ts";
import type { Service } from "./service.ts";

/** Characters that a name or a password may have. */
const longest = 200;

/** Says whether somebody may log in, and writes each attempt into the audit log where there is one; without accounts, says so. */
export function loginRoutes({ accounts, audit, logger, redact }: Service): Hono {
  const routes = new Hono();
  if (!accounts) {
    return routes.all("*", (context) =>
      context.json({ error: "nobody logs in here: DATABASE_URL is not set" }, 404),
    );
  }
  routes.post("/", async (context) => {
    const credentials = credentialsOf(await context.req.json<unknown>().catch(() => undefined));
    if (!credentials) return context.json({ error: 'expected {"name": "…", "password": "…"}, as JSON' }, 400);
    const { name, password } = credentials;
    const admitted = await accounts.admits(name, password);
    // Where something is to be written down and can't be, nobody gets in.
    await audit?.append({
      event: admitted ? "login succeeded" : "login failed",
      account: name,
      address: context.req.header("x-forwarded-for") ?? "unknown",
    });
    return admitted ? context.body(null, 204) : context.json({ error: "name or password is wrong" }, 401);
  });
  routes.onError((error, context) => {
    const reason = redact(describe(error));
    logger.error({ reason }, "a login could not be judged");
    return context.json({ error: `this could not be judged: ${reason}` }, 503);
  });
  return routes;
}

function credentialsOf(body: unknown): { readonly name: string; readonly password: string } | undefined {
  if (typeof body !== "object" || body === null || !("name" in body) || !("password" in body))
    return undefined;
  const { name, password } = body;
  if (typeof name !== "string" || typeof password !== "string") return undefined;
  return name !== "" && name.length <= longest && password.length <= longest ? { name, password } : undefined;
}
