import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { memcachedRecipe, MEMCACHED_RESOURCES } from "../../examples/memcached.ts";
import { deploy as stack } from "../../stacks/deploy.ts";
import { CLOUDS } from "../support/clouds.ts";
import { deploy, type EngineArgs, type Registration } from "../support/engine.ts";

/** What an example registers that is nobody's child: a program runs as it is imported. */
const registrationsOf = (name: string, engine: EngineArgs = {}) =>
  deploy(() => import(`../../examples/${name}.ts`), engine);

const container = (all: readonly Registration[], service: string) =>
  all.find(({ name, type }) => name === `test-${service}` && type === "docker:index/container:Container")!;

const networksOf = ({ inputs }: Registration) =>
  (inputs["networksAdvanced"] as { name: string }[]).map(({ name }) => name);

describe("the example", () => {
  it("hello leads from the proxy to the application, and from it to the database alone", async () => {
    const all = await registrationsOf("hello");
    expect(networksOf(container(all, "api"))).toEqual(["test-api", "test-postgres"]);
    expect(networksOf(container(all, "proxy"))).toEqual(["test-proxy", "test-api", "test-ingress"]);
    expect(container(all, "api").dependencies).toContain(container(all, "migrations").urn);
    expect(container(all, "proxy").dependencies).toContain(container(all, "api").urn);
  });

  it("references gives one reference's address, order and permission to two workloads", async () => {
    const all = await registrationsOf("references");
    const webui = container(all, "webui");
    expect(networksOf(webui)).toEqual(["test-webui", "test-postgres", "test-cache"]);
    expect(networksOf(container(all, "webui-migrate"))).toEqual(["test-postgres"]);
    expect(webui.dependencies).toEqual(
      expect.arrayContaining(
        ["webui-migrate", "postgres-webui-database", "cache"].map((name) => container(all, name).urn),
      ),
    );
    expect(webui.inputs["envs"]).toEqual(["LOG_LEVEL=WARNING"]);
  });

  it("[G18] shared-cluster makes a cluster with all that platforms may need, and tells how it is reached", async () => {
    const all = await registrationsOf("shared-cluster", CLOUDS);
    const named = (type: string) => all.filter((each) => each.type === type).map(({ name }) => name);
    expect(named("aws:eks/nodeGroup:NodeGroup").toSorted()).toEqual(["shared-general", "shared-memory"]);
    const charts = all.filter(({ type }) => type === "kubernetes:helm.sh/v3:Release");
    expect(charts.map(({ inputs }) => inputs["chart"])).toEqual(
      expect.arrayContaining(["traefik", "cert-manager", "keda", "cloudnative-pg"]),
    );
    const { nodes } = (await import("../../examples/shared-cluster.ts")) as { nodes: unknown[] };
    expect(nodes).toHaveLength(2);
  });

  it.each(["eks", "gke", "aks"])("[G18] %s keeps an application on a cluster that it makes", async (name) => {
    const all = await registrationsOf(name, CLOUDS);
    expect(all.some(({ type }) => /:(NodeGroup|NodePool|AgentPool|ManagedCluster)$/.test(type))).toBe(true);
    expect(all.some(({ type }) => type === "kubernetes:apps/v1:Deployment")).toBe(true);
  });

  it("kubernetes keeps a database, an application after it in two copies or more, and a way in", async () => {
    const all = await registrationsOf("kubernetes");
    const object = (kind: string, name: string) =>
      all.find(({ type, inputs }) => type.endsWith(`:${kind}`) && inputs["metadata"]?.name === name)!;
    expect(object("Deployment", "api").dependencies).toContain(object("Job", "postgres-app-database").urn);
    expect(object("HorizontalPodAutoscaler", "api").inputs["spec"]).toMatchObject({ minReplicas: 2 });
    expect(object("Ingress", "entry").inputs["spec"].rules[0].host).toBe("app.example.com");
  });

  it("tracing lets an application reach the collector, and the collector alone what lies behind it", async () => {
    const all = await registrationsOf("tracing");
    expect(networksOf(container(all, "backend"))).toEqual(["test-backend", "test-otel-collector"]);
    expect(networksOf(container(all, "otel-collector"))).toEqual([
      "test-otel-collector",
      "test-jaeger",
      "test-elasticsearch",
    ]);
    expect(container(all, "backend").inputs["envs"]).toContain("OTEL_TRACES_SAMPLER_ARG=0.1");
  });

  it("memcached is a service in one file, whose sizes follow from its memory", () => {
    const recipe = memcachedRecipe({ image: "memcached:1.6", resources: MEMCACHED_RESOURCES });
    expect(recipe.command).toEqual(["memcached", "-m", "96"]);
  });

  it("Pulumi.home.yaml is a stack file without mistakes", async () => {
    const { config } = parse(readFileSync("examples/Pulumi.home.yaml", "utf8")) as {
      config: Record<string, unknown>;
    };
    const values = Object.fromEntries(
      Object.entries(config).map(([key, value]) => [
        key,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    );
    const all = await deploy(() => stack({ values, secrets: new Set() }));
    expect(all.find(({ name }) => name === "acceleration-gateway")?.inputs["image"]).toBe(
      "registry.example.com/gateway:1.4.0",
    );
  });
});
