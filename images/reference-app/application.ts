import { Hono, type Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { routePath } from "hono/route";
import { itemRoutes } from "./item-routes.ts";
import { loginRoutes } from "./login-routes.ts";
import { mcpRoutes } from "./mcp-routes.ts";
import { page, pagePolicy } from "./page.ts";
import type { Service } from "./service.ts";

/** Paths of readiness: the one of FastAPI services, those of Kubernetes' habit, and Semantik's. */
const readinessPaths = ["/ready", "/readyz", "/healthz", "/api/health/readyz"];

/** Paths that answer as long as the program runs: the usual one, and Streamlit's. */
const healthPaths = ["/health", "/_stcore/health"];

/** Beside each of them, what is wired to what. */
const wiringPaths = [
  ...new Set([...readinessPaths, ...healthPaths].map((path) => path.replace(/[^/]+$/, "wiring"))),
];

/** The page of a service, and that on which the Skill manager's dashboard begins while it is empty. */
const pagePaths = ["/", "/setup"];

/** Requests that probes and Prometheus make without end: logged at debug level. */
const routine = new Set([...readinessPaths, ...healthPaths, "/metrics"]);

/** What a request may carry. */
const largestBodyKiB = 64;

/** The routes of a service. `stopping` says whether it was told to stop: it is not ready then. */
export function createApplication(service: Service, stopping: () => boolean = () => false): Hono {
  const { name, logger, wiring, metrics, telemetry } = service;
  const application = new Hono();
  if (telemetry) application.use(telemetry.incoming({ routine, routeOf: matchedRoute }));
  observe(application, service);
  application.use(async (context, next) => {
    await next();
    // Else the client would send its next request into a connection that nobody serves any more.
    if (stopping()) context.header("connection", "close");
  });
  application.use(
    bodyLimit({
      maxSize: 1024 * largestBodyKiB,
      onError: (context) => context.json({ error: `the body is larger than ${largestBodyKiB} KiB` }, 413),
    }),
  );

  application.on("GET", healthPaths, (context) => context.json({ status: "ok", service: name }));
  const ready = () => wiring.missing().length === 0 && !stopping();
  application.on("GET", readinessPaths, (context) => {
    const [status, code] = ready() ? (["ready", 200] as const) : (["not ready", 503] as const);
    return context.json({ status, service: name, missing: wiring.missing() }, code);
  });
  application.on("GET", wiringPaths, async (context) => {
    // What is asked of others for a request belongs to its trace.
    if (context.req.query("now") !== undefined) await wiring.prove();
    return context.json({ service: name, dependencies: wiring.entries() });
  });
  application.get("/metrics", async (context) =>
    context.body(await metrics.render(), 200, { "content-type": metrics.contentType }),
  );
  application.on("GET", pagePaths, (context) => {
    context.header("content-security-policy", pagePolicy);
    return context.html(
      page({ service: name, entries: wiring.entries(), ready: ready(), stores: service.items !== undefined }),
    );
  });
  application.route("/items", itemRoutes(service));
  application.route("/login", loginRoutes(service));
  application.route("/mcp", mcpRoutes(service));

  application.notFound((context) => context.json({ error: `there is nothing at ${context.req.path}` }, 404));
  application.onError((error, context) => {
    logger.error({ error: error.stack }, "a request failed");
    return context.json({ error: "internal error: the log says more" }, 500);
  });
  return application;
}

/** Measures and logs each request, without its query and headers: they may hold credentials. */
function observe(application: Hono, { logger, metrics }: Service): void {
  application.use(async (context, next) => {
    const started = performance.now();
    await next();
    const milliseconds = performance.now() - started;
    const { method, path } = context.req;
    const status = context.res.status;
    metrics.observe(method, matchedRoute(context), status, milliseconds / 1_000);
    const level = routine.has(path) ? "debug" : "info";
    logger[level]({ method, path, status, milliseconds: Math.round(milliseconds) }, "request");
  });
}

/** The pattern of the route that answered; paths that nobody serves count as one. */
function matchedRoute(context: Context): string {
  const route = routePath(context, -1);
  return route.endsWith("*") ? "unmatched" : route;
}
