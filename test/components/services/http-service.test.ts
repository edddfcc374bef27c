import { describe, expect, it } from "vitest";
import { httpRecipe } from "../../../components/services/http-service.ts";

const plain = {
  image: "web:1",
  command: ["serve"],
  port: 8000,
  ready: "/ready",
  resources: { cpuRequest: 0.1, cpuLimit: 1, memoryRequestMiB: 64, memoryLimitMiB: 128 },
};

describe("an HTTP service", () => {
  it("[G7] is asked for readiness and liveness, each by its own path where there are two", () => {
    expect(httpRecipe(plain).probes).toMatchObject({
      readiness: { check: { path: "/ready" } },
      liveness: { check: { path: "/ready" } },
    });
    expect(httpRecipe({ ...plain, live: "/live" }).probes.liveness?.check).toEqual({
      kind: "http",
      port: "http",
      path: "/live",
    });
  });

  it("[G7] is an ordinary user who writes to /tmp and stated folders only", () => {
    expect(httpRecipe({ ...plain, scratch: ["/cache"] })).toMatchObject({
      user: { uid: 1000, gid: 1000 },
      scratch: ["/tmp", "/cache"],
    });
    expect(httpRecipe(plain)).not.toHaveProperty("writableRoot");
  });

  it("says what becomes of its connections: WebSockets, browsers that stay with their copy, long silences", () => {
    expect(httpRecipe(plain).ports).toEqual({
      http: { number: 8000, protocol: "http", sticky: false, idleSeconds: 60 },
    });
    const streaming = httpRecipe({ ...plain, websocket: true, sticky: true, idleSeconds: 3600 });
    expect(streaming.ports).toEqual({
      http: { number: 8000, protocol: "ws", sticky: true, idleSeconds: 3600 },
    });
  });

  it("says where its metrics are and how far it scales, where it was told", () => {
    const scaling = { min: 2, max: 10, signals: [{ kind: "cpu", percent: 70 }] } as const;
    expect(httpRecipe({ ...plain, metrics: "/metrics", scaling })).toMatchObject({
      metrics: { port: "http", path: "/metrics" },
      scaling,
    });
    expect(Object.keys(httpRecipe(plain))).not.toEqual(expect.arrayContaining(["metrics"]));
  });
});
