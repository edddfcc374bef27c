import { Hono } from "hono";
import { Gauge, Registry } from "prom-client";
import { z } from "zod";
import { Access } from "./access.ts";
import { apiRoutes } from "./api-routes.ts";
import { loginPage, overviewPage } from "./page.ts";
import type { Provisioning } from "./provisioning.ts";
import { checkDashboard } from "./query.ts";
import type { Settings } from "./settings.ts";

/** Version of the server whose API is answered. */
export const VERSION = "13.2.3";

/** What this program calls itself. */
export const STAND_IN = "stand-in for grafana";

const credentials = z.object({ user: z.string(), password: z.string() });

/** The server: what needs no login first. */
export function createApplication(settings: Settings, provisioning: Provisioning): Hono {
  const access = new Access(settings);
  const { path } = settings;
  const application = new Hono({ strict: false }).basePath(path === "" ? "/" : path);
  application.get("/api/health", (context) =>
    context.json({ database: "ok", version: VERSION, standIn: STAND_IN }),
  );
  application.get("/metrics", async (context) => context.text(await metrics(provisioning)));
  application.get("/login", (context) => context.html(loginPage(path)));
  application.post("/login", async (context) => {
    const isForm = context.req.header("content-type")?.startsWith("application/x-www-form-urlencoded");
    const given: unknown = await (isForm ? context.req.parseBody() : context.req.json());
    const { success, data } = credentials.safeParse(given);
    if (!success || !access.login(context, data.user, data.password))
      return context.json({ message: "Invalid username or password", statusCode: 401 }, 401);
    return isForm ? context.redirect(`${path}/`, 303) : context.json({ message: "Logged in" });
  });
  application.use("/api/*", async (context, next) => {
    if (!access.allows(context)) return context.json({ message: "Unauthorized", statusCode: 401 }, 401);
    return next();
  });
  application.route("/api", apiRoutes(provisioning));
  application.get("/", async (context) => {
    if (!access.allows(context)) return context.redirect(`${path}/login`);
    const checked = provisioning.dashboards.map(async (dashboard) => ({
      title: dashboard.title,
      queries: await checkDashboard(dashboard, provisioning),
    }));
    return context.html(overviewPage(await Promise.all(checked)));
  });
  application.notFound((context) => {
    const { method, path: asked } = context.req;
    return context.json({ message: `the stand-in for Grafana does not know ${method} ${asked}` }, 501);
  });
  return application;
}

function metrics({ dashboards }: Provisioning): Promise<string> {
  const registry = new Registry();
  const about = { name: "grafana_stat_totals_dashboard", help: "total amount of dashboards" };
  new Gauge({ ...about, registers: [registry] }).set(dashboards.length);
  return registry.metrics();
}
