import { Hono } from "hono";
import { z } from "zod";
import type { Provisioning } from "./provisioning.ts";
import { ask, type Outcome } from "./query.ts";

const request = z.object({
  queries: z.array(
    z.object({ refId: z.string(), expr: z.string(), datasource: z.object({ uid: z.string() }) }),
  ),
});

/** What programs ask, once they are let in. */
export function apiRoutes(provisioning: Provisioning): Hono {
  const { dashboards, datasources } = provisioning;
  const api = new Hono();
  api.get("/datasources", (context) =>
    context.json(datasources.map((datasource) => ({ ...datasource, readOnly: true }))),
  );
  api.get("/search", (context) =>
    context.json(dashboards.map(({ uid, title }) => ({ uid, title, type: "dash-db", url: `/d/${uid}` }))),
  );
  api.get("/dashboards/uid/:uid", (context) => {
    const dashboard = dashboards.find(({ uid }) => uid === context.req.param("uid"));
    return dashboard
      ? context.json({ dashboard, meta: { provisioned: true } })
      : context.json({ message: "Dashboard not found" }, 404);
  });
  api.post("/ds/query", async (context) => {
    const { success, data } = request.safeParse(await context.req.json());
    if (!success) return context.json({ message: "bad request data" }, 400);
    const results = await Promise.all(
      data.queries.map(async ({ refId, expr, datasource: { uid } }) => {
        const source = datasources.find((known) => known.uid === uid);
        const outcome: Outcome = source
          ? await ask(source, expr)
          : { ok: false, error: "data source not found" };
        return [refId, resultOf(refId, outcome)] as const;
      }),
    );
    const isAnswered = results.every(([, { status }]) => status === 200);
    return context.json({ results: Object.fromEntries(results) }, isAnswered ? 200 : 400);
  });
  return api;
}

function resultOf(refId: string, outcome: Outcome) {
  if (!outcome.ok) return { status: 400, error: outcome.error };
  const frames = outcome.series.map(({ metric, value: [seconds, value] }) => ({
    schema: {
      refId,
      fields: [
        { name: "Time", type: "time" },
        { name: "Value", type: "number", labels: metric },
      ],
    },
    data: { values: [[seconds * 1000], [Number(value)]] },
  }));
  return { status: 200, frames };
}
