import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Watched } from "../../../components/model/monitoring.ts";
import { Reference, textOf } from "../../../components/model/reference.ts";
import { HttpService } from "../../../components/services/http-service.ts";
import {
  Prometheus,
  PROMETHEUS_RESOURCES,
  prometheusRecipe,
} from "../../../components/services/prometheus.ts";
import { Docker } from "../../../components/targets/docker/docker.ts";
import { deploy, type Registration } from "../../support/engine.ts";
import { settled } from "../../support/outputs.ts";
import { RecordingTarget } from "../../support/recording-target.ts";

const settings = {
  watch: [] as readonly Watched[],
  alerts: {},
  image: "prom/prometheus:v3.15.0",
  resources: PROMETHEUS_RESOURCES,
  storageGiB: 10,
  retentionDays: 15,
};

describe("the Prometheus server", () => {
  it("[K9] keeps metrics for a time, and never more than four fifths of its volume", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 400 }), (storageGiB, days) => {
        const { command, volumes } = prometheusRecipe({ ...settings, storageGiB, retentionDays: days });
        const size = Number(command.join(" ").match(/retention\.size=(\d+)MB/)![1]);
        expect(size).toBeGreaterThan(0);
        expect(size).toBeLessThanOrEqual(storageGiB * 1024 * 0.8);
        expect(command).toContain(`--storage.tsdb.retention.time=${days}d`);
        expect(volumes).toEqual({ data: { path: "/prometheus", sizeGiB: storageGiB } });
      }),
    );
  });

  it("can be changed or ended by no request", () => {
    expect(prometheusRecipe(settings).command.join(" ")).not.toMatch(
      /lifecycle|admin-api|remote-write-receiver/,
    );
  });

  it("[G7] runs without rights, tells readiness from liveness, and has time to close what it writes", () => {
    expect(prometheusRecipe(settings)).toMatchObject({
      user: { uid: 65534, gid: 65534 },
      probes: {
        readiness: { check: { kind: "http", path: "/-/ready" } },
        liveness: { check: { kind: "http", path: "/-/healthy" } },
      },
      stopSeconds: 300,
    });
    expect(prometheusRecipe(settings)).not.toHaveProperty("writableRoot");
  });

  it("[G16] has the standard alerts and those that were declared, which go before standard ones of the same name", async () => {
    const own = { expr: "up < 0", forSeconds: 7, severity: "warning", summary: "own" } as const;
    const { files } = prometheusRecipe({ ...settings, alerts: { Restarting: own, QueueGrows: own } });
    const { value } = await settled(textOf(files!["alerts.yml"]!));
    const [{ rules }] = (parse(value) as { groups: [{ rules: { alert: string; expr: string }[] }] }).groups;
    const byName = new Map(rules.map(({ alert, expr }) => [alert, expr]));
    expect(byName.get("Restarting")).toBe("up < 0");
    expect(byName.get("QueueGrows")).toBe("up < 0");
    expect(byName.get("Down")).toBe("up == 0");
    expect(byName.size).toBe(rules.length);
  });

  it("says where it is reached", async () => {
    const target = new RecordingTarget();
    let prometheus: Prometheus | undefined;
    await deploy(() => {
      prometheus = new Prometheus("metrics", { target, watch: [] });
    });
    expect(await settled(textOf(prometheus!.url))).toEqual({ value: "http://metrics:9090", secret: false });
    expect(target.workloads["metrics"]!.image).toContain("prometheus:v3.15.0");
  });
});

describe("a Prometheus server on a Docker host", () => {
  /** What is registered for a server that watches services with these names. */
  async function watching(...names: readonly string[]) {
    const all = await deploy(() => {
      const target = new Docker("t");
      const services = names.map((name) => ({
        name,
        service: new HttpService(name, {
          target,
          image: "web:1",
          command: ["serve"],
          port: 8000,
          ready: "/health",
          metrics: "/metrics",
          resources: PROMETHEUS_RESOURCES,
        }),
      }));
      const watch = services.map(({ name, service: { host } }) => ({
        name,
        host,
        port: 8000,
        path: "/metrics",
      }));
      new Prometheus("prometheus", { target, watch });
    });
    const is = (type: string) => (each: Registration) => each.type.endsWith(`:${type}`);
    const container = all.find((each) => is("Container")(each) && each.name === "t-prometheus")!;
    const mounts = container.inputs["mounts"] as { source: string; target: string }[];
    const sources = new Map(mounts.map(({ source, target }) => [target, source]));
    return { container, files: sources.get("/run/keelson"), data: sources.get("/prometheus") };
  }

  it("[G5] joins the network of each service that it watches, and no other's", async () => {
    const { container } = await watching("web", "core");
    const networks = JSON.stringify(container.inputs["networksAdvanced"]);
    for (const name of ["web", "core"]) expect(networks).toContain(`t-${name}`);
    expect(networks).not.toContain("egress");
  });

  it("[G6] is another container with the same data, once it watches another service", async () => {
    const one = await watching("web");
    const two = await watching("web", "core");
    expect(one.files).toMatch(/^t-prometheus-files-/);
    expect(two.files).not.toBe(one.files);
    expect(one.data).toBe("t-prometheus-data");
    expect(two.data).toBe(one.data);
  });
});

it("refuses to watch two services of one name before anything is made", async () => {
  const host = Reference.host({ host: "web", ports: { http: { number: 1 } }, ready: [] }, "http");
  const twice = { name: "web", host, port: 1, path: "/metrics" };
  await expect(
    deploy(() => void new Prometheus("prometheus", { target: new RecordingTarget(), watch: [twice, twice] })),
  ).rejects.toThrow(`"web" is watched already`);
});
