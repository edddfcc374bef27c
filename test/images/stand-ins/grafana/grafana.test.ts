import { describe, expect, it } from "vitest";
import type { Dashboard } from "../../../../components/model/monitoring.ts";
import { STANDARD_DASHBOARDS } from "../../../../components/monitoring/standard-dashboards.ts";
import { readProvisioning } from "../../../../images/stand-ins/grafana/provisioning.ts";
import { readSettings } from "../../../../images/stand-ins/grafana/settings.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { basic, PASSWORD, startGrafana, startPrometheus } from "./support.ts";

const PAGE: Dashboard = {
  title: "Two <queries>",
  panels: [{ title: "p", expr: ["up", "broken("], unit: "count", kind: "timeseries" }],
};

const json = { "content-type": "application/json" };

function queries(...exprs: readonly string[]): RequestInit {
  const datasource = { type: "prometheus", uid: "prometheus" };
  const asked = exprs.map((expr, index) => ({ refId: `Q${index}`, expr, datasource }));
  return {
    method: "POST",
    headers: { ...json, ...basic() },
    body: JSON.stringify({ queries: asked, from: "now-5m", to: "now" }),
  };
}

describe("the stand-in for Grafana", () => {
  it("says how it is, and that it is a stand-in, without a login", async () => {
    const grafana = await startGrafana([]);
    const health = await grafana.request("/api/health");
    expect([health.status, await health.json()]).toEqual([
      200,
      { database: "ok", version: "13.2.3", standIn: "stand-in for grafana" },
    ]);
  });

  it("[G3] lets those in who know the administrator's password, and nobody else", async () => {
    const grafana = await startGrafana([]);
    const login = (password: string) =>
      grafana.request("/login", {
        method: "POST",
        headers: json,
        body: JSON.stringify({ user: "admin", password }),
      });
    expect((await grafana.request("/api/search")).status).toBe(401);
    expect((await grafana.request("/api/search", { headers: basic("wrong") })).status).toBe(401);
    expect((await grafana.request("/api/search", { headers: basic() })).status).toBe(200);
    expect((await login("wrong")).status).toBe(401);
    const entered = await login(PASSWORD);
    expect(entered.status).toBe(200);
    const cookie = entered.headers.get("set-cookie")!.split(";")[0]!;
    expect((await grafana.request("/api/search", { headers: { cookie } })).status).toBe(200);
    const guessed = { cookie: "grafana_session=00" };
    expect((await grafana.request("/api/search", { headers: guessed })).status).toBe(401);
  });

  it("[G16] has every dashboard and the data source that the service gives to Grafana", async () => {
    const grafana = await startGrafana(STANDARD_DASHBOARDS, { prometheus: "http://prometheus:9090" });
    const get = async (path: string) => (await grafana.request(path, { headers: basic() })).json();
    const found = (await get("/api/search")) as { uid: string; title: string }[];
    expect(found.map(({ title }) => title).toSorted()).toEqual(
      STANDARD_DASHBOARDS.map(({ title }) => title).toSorted(),
    );
    expect(await get("/api/dashboards/uid/requests")).toMatchObject({
      dashboard: { title: "Requests", schemaVersion: 42 },
      meta: { provisioned: true },
    });
    expect(await get("/api/datasources")).toMatchObject([
      { uid: "prometheus", url: "http://prometheus:9090" },
    ]);
    expect((await grafana.request("/api/dashboards/uid/none", { headers: basic() })).status).toBe(404);
  });

  it("[G16] asks Prometheus, and says of each query what came of it", async () => {
    const grafana = await startGrafana([], { prometheus: await startPrometheus() });
    const good = await grafana.request("/api/ds/query", queries("up"));
    expect([good.status, await good.json()]).toMatchObject([
      200,
      {
        results: {
          Q0: {
            status: 200,
            frames: [
              {
                schema: { fields: [{ name: "Time" }, { name: "Value", labels: { job: "web" } }] },
                data: { values: [[1_700_000_000_000], [2.5]] },
              },
            ],
          },
        },
      },
    ]);
    const mixed = await grafana.request("/api/ds/query", queries("up", "broken("));
    expect([mixed.status, await mixed.json()]).toMatchObject([
      400,
      { results: { Q0: { status: 200 }, Q1: { status: 400, error: "1:1: parse error" } } },
    ]);
  });

  it("says so where Prometheus does not answer", async () => {
    const grafana = await startGrafana([]);
    const answer = await grafana.request("/api/ds/query", queries("up"));
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { results: { Q0: { error: "fetch failed" } } },
    ]);
  });

  it("shows on its page which queries are valid, to those who logged in", async () => {
    const grafana = await startGrafana([PAGE], { prometheus: await startPrometheus() });
    const away = await grafana.request("/");
    expect([away.status, away.headers.get("location")]).toEqual([302, "/login"]);
    const page = await (await grafana.request("/", { headers: basic() })).text();
    for (const part of ["no Grafana", "Two &lt;queries&gt;", "1 series", "1:1: parse error"])
      expect(page).toContain(part);
  });

  it("has a form for a browser, which leads back to the page", async () => {
    const grafana = await startGrafana([], { publicUrl: "https://box.example.com/grafana" });
    expect(await (await grafana.request("/grafana/login")).text()).toContain(`action="/grafana/login"`);
    const entered = await grafana.request("/grafana/login", {
      method: "POST",
      body: new URLSearchParams({ user: "admin", password: PASSWORD }),
    });
    expect([entered.status, entered.headers.get("location")]).toEqual([303, "/grafana/"]);
    const cookie = entered.headers
      .getSetCookie()
      .map((each) => each.split(";")[0])
      .join("; ");
    expect((await grafana.request("/grafana/", { headers: { cookie } })).status).toBe(200);
    expect(entered.headers.get("set-cookie")).toContain("Path=/grafana");
  });

  it("is found below the path that it is routed by, its health and metrics, too", async () => {
    const grafana = await startGrafana([PAGE], { publicUrl: "https://box.example.com/grafana" });
    expect((await grafana.request("/grafana/api/health")).status).toBe(200);
    expect(await (await grafana.request("/grafana/metrics")).text()).toContain(
      "grafana_stat_totals_dashboard 1",
    );
    expect((await grafana.request("/api/health")).status).toBe(501);
  });

  it("says of a request that it does not know that it is a stand-in", async () => {
    const grafana = await startGrafana([]);
    const answer = await grafana.request("/api/folders", { headers: basic() });
    expect([answer.status, await answer.json()]).toEqual([
      501,
      { message: "the stand-in for Grafana does not know GET /api/folders" },
    ]);
  });
});

describe("what the stand-in for Grafana is told", () => {
  const environment = { GF_PATHS_PROVISIONING: "/p", GF_SECURITY_ADMIN_PASSWORD: "x" };

  it.each([
    [{ GF_PATHS_PROVISIONING: "/p" }, "has no password"],
    [{ ...environment, GF_AUTH_ANONYMOUS_ENABLED: "true" }, "switch anonymous access and sign-up off"],
    [{ ...environment, GF_USERS_ALLOW_SIGN_UP: "true" }, "switch anonymous access and sign-up off"],
  ])("is refused where it would let others in: %#", (given, reason) => {
    expect(() => readSettings(given)).toThrow(reason);
  });

  it("is refused where a dashboard is none, or asks a data source that there is not", () => {
    const sources = JSON.stringify({
      apiVersion: 1,
      datasources: [{ name: "p", type: "prometheus", uid: "other", access: "proxy", url: "http://p:9090" }],
    });
    const give = (page: unknown) => {
      const options = { path: temporaryFolder({ "page.json": JSON.stringify(page) }) };
      const pages = { apiVersion: 1, providers: [{ name: "k", type: "file", options }] };
      const files = { "datasources/a.yaml": sources, "dashboards/a.yaml": JSON.stringify(pages) };
      const folder = temporaryFolder(files);
      return () => readProvisioning(folder);
    };
    expect(give({})).toThrow(/page\.json can't be used/);
    const target = { refId: "A", expr: "up", datasource: { type: "prometheus", uid: "prometheus" } };
    const gridPos = { x: 0, y: 0, w: 12, h: 8 };
    const panel = { id: 1, title: "p", type: "stat", gridPos, targets: [target] };
    expect(give({ uid: "a", title: "A", schemaVersion: 42, panels: [panel] })).toThrow(
      `"A" asks the data source "prometheus", which there is not`,
    );
  });
});
