import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { grantsOf, Reference, textOf } from "../../../components/model/reference.ts";
import { STANDARD_DASHBOARDS } from "../../../components/monitoring/standard-dashboards.ts";
import { Grafana, GRAFANA_RESOURCES, grafanaRecipe } from "../../../components/services/grafana.ts";
import { deploy } from "../../support/engine.ts";
import { settled } from "../../support/outputs.ts";
import { RecordingTarget } from "../../support/recording-target.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const server = { host: "prometheus", ports: { http: { number: 9090 } }, ready: [] };
const settings = {
  prometheus: { url: Reference.plain("http://prometheus:9090") },
  dashboards: STANDARD_DASHBOARDS,
  publicUrl: undefined,
  image: "grafana/grafana:13.2.3",
  resources: GRAFANA_RESOURCES,
  password: Reference.hidden("grafana-secret"),
};

describe("Grafana", () => {
  it("[G3] [K9] is told its administrator's password by a file alone", async () => {
    const { files, env, command } = grafanaRecipe(settings);
    expect(env!["GF_SECURITY_ADMIN_PASSWORD__FILE"]).toBe("/run/keelson/admin-password");
    expect(await settled(textOf(files!["admin-password"]!))).toEqual({
      value: "grafana-secret",
      secret: true,
    });
    expect(JSON.stringify({ env, command })).not.toContain("grafana-secret");
  });

  it("lets nobody in without a password, lets nobody sign up, and reports to nobody", () => {
    expect(grafanaRecipe(settings).env).toMatchObject({
      GF_AUTH_ANONYMOUS_ENABLED: false,
      GF_USERS_ALLOW_SIGN_UP: false,
      GF_ANALYTICS_REPORTING_ENABLED: false,
    });
  });

  it("runs the one plugin that it needs, and leaves it as it is in the image", async () => {
    const { env } = grafanaRecipe(settings);
    expect(env).toMatchObject({ GF_PLUGINS_PREINSTALL_DISABLED: true });
    const { value } = await settled(textOf(env!["GF_PLUGINS_DISABLE_PLUGINS"]!));
    const disabled = value.split(",");
    expect(disabled).toContain("loki");
    expect(disabled).not.toContain("prometheus");
  });

  it("[G6] keeps nothing: all that it shows is given to it at each start", () => {
    const { volumes, scratch } = grafanaRecipe(settings);
    expect(volumes).toBeUndefined();
    expect(scratch).toContain("/var/lib/grafana");
  });

  it("[G16] has the data source and every dashboard as files", async () => {
    const { files = {} } = grafanaRecipe(settings);
    const text = async (name: string) => (await settled(textOf(files[name]!))).value;
    expect(parse(await text("datasources.yaml"))).toMatchObject({
      apiVersion: 1,
      datasources: [
        {
          type: "prometheus",
          uid: "prometheus",
          access: "proxy",
          url: "http://prometheus:9090",
          isDefault: true,
        },
      ],
    });
    expect(parse(await text("dashboards.yaml"))).toMatchObject({
      providers: [{ type: "file", options: { path: "/run/keelson" } }],
    });
    const pages = Object.keys(files).filter((name) => name.endsWith(".json"));
    expect(pages).toEqual(["health.json", "requests.json", "processes.json", "machines.json"]);
    for (const page of pages) expect(JSON.parse(await text(page))).toHaveProperty("panels");
  });

  it("finds its files in the folders that it looks in, before it becomes the image's program", () => {
    const folder = temporaryFolder({ "files/datasources.yaml": "sources", "files/dashboards.yaml": "pages" });
    const [shell, ...rest] = grafanaRecipe(settings).command;
    // The folders as this machine has them, and a program that ends at once in the place of the image's.
    const script = rest
      .map((part) => part.replaceAll("/run/keelson", path.join(folder, "files")))
      .map((part) => part.replaceAll("/tmp/provisioning", path.join(folder, "provisioning")))
      .map((part) => part.replace("exec /run.sh", "exec true"));
    // Twice, since a container that is restarted has its folders still.
    for (const _ of [1, 2]) execFileSync(shell!, script);
    for (const [kind, content] of [
      ["datasources", "sources"],
      ["dashboards", "pages"],
    ] as const) {
      const [file] = readdirSync(path.join(folder, "provisioning", kind));
      expect(readFileSync(path.join(folder, "provisioning", kind, file!), "utf8")).toBe(content);
    }
  });

  it("is asked for its health, and tells its own metrics, below the path that it is routed by", () => {
    expect(grafanaRecipe(settings)).toMatchObject({
      probes: { readiness: { check: { path: "/api/health" } } },
      metrics: { port: "http", path: "/metrics" },
    });
    const routed = grafanaRecipe({ ...settings, publicUrl: "https://box.example.com/grafana/" });
    expect(routed).toMatchObject({
      env: {
        GF_SERVER_ROOT_URL: "https://box.example.com/grafana/",
        GF_SERVER_SERVE_FROM_SUB_PATH: true,
        GF_SECURITY_COOKIE_SECURE: true,
      },
      probes: { readiness: { check: { path: "/grafana/api/health" } } },
      metrics: { path: "/grafana/metrics" },
    });
    const atRoot = grafanaRecipe({ ...settings, publicUrl: "http://metrics.example.com" });
    expect(atRoot).toMatchObject({
      env: {
        GF_SERVER_ROOT_URL: "http://metrics.example.com/",
        GF_SERVER_SERVE_FROM_SUB_PATH: false,
        GF_SECURITY_COOKIE_SECURE: false,
      },
      probes: { readiness: { check: { path: "/api/health" } } },
    });
  });

  it.each([
    ["–", `"–" is no title of a dashboard`],
    ["x".repeat(41), "40 characters at most"],
    ["HEALTH!", `there is a dashboard "HEALTH!" already`],
  ])("refuses a dashboard that can't have an address of its own: %s", (title, reason) => {
    const dashboards = [...STANDARD_DASHBOARDS, { title, panels: [] }];
    expect(() => grafanaRecipe({ ...settings, dashboards })).toThrow(
      expect.objectContaining({
        errors: [{ propertyPath: "dashboards[4].title", reason: expect.stringContaining(reason) }],
      }),
    );
  });

  it("[G5] generates its password, may reach the server that it shows, and says where it is reached", async () => {
    const target = new RecordingTarget();
    let grafana: Grafana | undefined;
    await deploy(() => {
      const prometheus = { url: Reference.to(server, "http") };
      const publicUrl = "https://box.example.com/grafana";
      grafana = new Grafana("grafana", { target, prometheus, dashboards: [], publicUrl });
    });
    expect(await settled(textOf(grafana!.url))).toMatchObject({ value: "http://grafana:3000/grafana" });
    expect(grafana).toMatchObject({ user: "admin", password: { secret: true } });
    const sources = target.workloads["grafana"]!.files!["datasources.yaml"]!;
    expect(grantsOf([sources])).toEqual([{ endpoint: server, port: "http" }]);
  });
});
