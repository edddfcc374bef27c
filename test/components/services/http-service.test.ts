import { describe, expect, it } from "vitest";
import type { Target } from "../../../components/model/target.ts";
import { Gateway } from "../../../components/services/gateway.ts";
import { httpRecipe, HttpService, type HttpServiceArgs } from "../../../components/services/http-service.ts";
import { Docker } from "../../../components/targets/docker/docker.ts";
import { Kubernetes } from "../../../components/targets/kubernetes/kubernetes.ts";
import { deploy, type Registration } from "../../support/engine.ts";

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

  it("[G7] is asked as often for both, unless it is told otherwise", () => {
    const health = { periodSeconds: 5, failures: 2 };
    expect(httpRecipe({ ...plain, health }).probes).toMatchObject({ readiness: health, liveness: health });
    const { readiness, liveness } = httpRecipe({ ...plain, health, liveness: { periodSeconds: 10 } }).probes;
    expect(readiness).toMatchObject(health);
    expect(liveness).toEqual({ check: readiness.check, periodSeconds: 10 });
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

/**
 * A Streamlit application needs no service of its own. Its pages talk by a WebSocket to the copy that has their state, where
 * uploads have to arrive as well; its settings and its cache go to the home folder. https://docs.streamlit.io/develop/concepts/configuration
 */
const streamlit = {
  image: "dashboard:1",
  command: ["streamlit", "run", "app.py", "--server.port=8501", "--server.address=0.0.0.0"],
  port: 8501,
  ready: "/_stcore/health",
  env: { HOME: "/tmp", STREAMLIT_SERVER_HEADLESS: true, STREAMLIT_BROWSER_GATHER_USAGE_STATS: false },
  websocket: true,
  sticky: true,
  idleSeconds: 3600,
  resources: plain.resources,
} as const;

/**
 * Servers of the Model Context Protocol behind what leads requests to them, by streamable HTTP without sessions: each request
 * is whole, any copy answers it, and its answer may come as a stream. Sessions would be kept by a header that names them, and
 * not by the cookies that `sticky` stands for, which clients of the protocol don't keep.
 */
const mcp = {
  image: "mcp-server:1",
  command: ["python", "-m", "mcp_server"],
  port: 8000,
  ready: "/health",
  idleSeconds: 3600,
  scaling: { min: 3, max: 10, signals: [{ kind: "cpu", percent: 70 }] },
  resources: plain.resources,
} as const;

/** What a target makes of an application and the way to it from outside. */
function exposed(application: Omit<HttpServiceArgs, "target">, make: () => Target): Promise<Registration[]> {
  return deploy(() => {
    const target = make();
    const { http } = new HttpService("app", { target, ...application });
    new Gateway("entry", { target, host: "app.example.com", routes: { "/": http } });
  });
}

const docker = () => new Docker("t");
const kubernetes = () => new Kubernetes("t", { cluster: { nodes: [{ cpus: 4, memoryGiB: 16, count: 3 }] } });

const objectOf = (all: readonly Registration[], kind: string, name: string) =>
  all.find(({ type, inputs }) => type.endsWith(`:${kind}`) && inputs["metadata"]?.name === name)!.inputs;

const caddyfileOf = (all: readonly Registration[]): string =>
  all.flatMap(({ inputs }) => inputs["uploads"] ?? []).find(({ file }) => file.endsWith("/Caddyfile"))
    .content;

const STICKY = "traefik.ingress.kubernetes.io/service.sticky.cookie";

describe("a Streamlit application", () => {
  it("keeps its browsers with their copy on Kubernetes, over a WebSocket, and writes to /tmp alone", async () => {
    const all = await exposed(streamlit, kubernetes);
    const { metadata, spec } = objectOf(all, "Service", "app");
    expect(metadata.annotations).toMatchObject({ [STICKY]: "true" });
    expect(spec.ports).toMatchObject([{ port: 8501, appProtocol: "kubernetes.io/ws" }]);
    const [container] = objectOf(all, "Deployment", "app")["spec"].template.spec.containers;
    expect(container.readinessProbe.httpGet).toMatchObject({ path: "/_stcore/health" });
    expect(container.volumeMounts).toEqual([{ name: "scratch-0", mountPath: "/tmp" }]);
    expect(container.securityContext.readOnlyRootFilesystem).toBe(true);
  });

  it("is led to on a Docker host by the proxy, which lets connections become WebSockets", async () => {
    const all = await exposed(streamlit, docker);
    expect(caddyfileOf(all)).toContain("reverse_proxy app:8501");
  });
});

describe("servers of the Model Context Protocol", () => {
  it("[O1] are led to in any copy on Kubernetes, from three to ten, without a cookie", async () => {
    const all = await exposed(mcp, kubernetes);
    const { metadata, spec } = objectOf(all, "Service", "app");
    expect(Object.keys(metadata.annotations)).not.toContain(STICKY);
    expect(spec.sessionAffinity).toBeUndefined();
    expect(objectOf(all, "HorizontalPodAutoscaler", "app")["spec"]).toMatchObject({
      minReplicas: 3,
      maxReplicas: 10,
    });
    const [rule] = objectOf(all, "Ingress", "entry")["spec"].rules;
    expect(rule.http.paths[0].backend.service).toMatchObject({ name: "app", port: { number: 8000 } });
  });

  it("[O1] are one copy on a Docker host, behind the proxy", async () => {
    const all = await exposed(mcp, docker);
    const servers = all.filter(
      ({ type, inputs }) => type.endsWith(":Container") && inputs["image"] === "mcp-server:1",
    );
    expect(servers).toHaveLength(1);
    expect(caddyfileOf(all)).toContain("reverse_proxy app:8000");
  });
});
