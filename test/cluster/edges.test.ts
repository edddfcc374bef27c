import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MetricsCredentials } from "../../components/model/monitoring.ts";
import { ref, Reference } from "../../components/model/reference.ts";
import type { Signal } from "../../components/model/scaling.ts";
import type { ClusterEntry, Features } from "../../components/targets/kubernetes/cluster.ts";
import type { EntryTls } from "../../components/targets/kubernetes/entry.ts";
import { Kubernetes } from "../../components/targets/kubernetes/kubernetes.ts";
import { newAuthority } from "../../embedded/cluster/certificates.ts";
import { deploy, type Registration } from "../support/engine.ts";
import { exposed, type Lead, workload } from "../support/exposed.ts";
import { clusterClient, objectsOf, removeNamespace, until } from "../support/kubernetes-objects.ts";

const TRAEFIK = { class: "traefik", namespace: "traefik" };
const client = clusterClient();
const kindsOf = (registered: readonly Registration[]) => objectsOf(registered).map(({ kind }) => kind);

describe("the API server takes", () => {
  const namespace = "edges-dry-run";
  let concealed: Readonly<Record<string, string>>;
  beforeAll(async () => {
    const { certificate, key } = await newAuthority("edges");
    concealed = { "tls.crt": certificate, "tls.key": key, password: "open-sesame" };
    await removeNamespace(client, namespace);
    await client.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  });
  afterAll(() => removeNamespace(client, namespace));

  /** Sends all objects, with fields that have to be known, and keeps none; gives what the API server refuses or warns of. */
  async function complaints(registered: readonly Registration[]): Promise<readonly string[]> {
    const told: string[] = [];
    const warn = (warning: string) => told.push(warning);
    for (const object of objectsOf(registered, concealed)) {
      if (object.kind === "Namespace") continue;
      const sent = client.create(object, { dryRun: true, fieldValidation: "Strict", warn });
      await sent.catch((error: Error) =>
        told.push(`${object.kind} ${object.metadata.name}: ${error.message}`),
      );
    }
    return told;
  }

  const entries: readonly [ClusterEntry, Readonly<Record<string, Lead>>, readonly string[]][] = [
    [{ kind: "ingress", ...TRAEFIK }, routesWith("http"), ["Ingress", "Middleware"]],
    [{ kind: "gateway", ...TRAEFIK }, routesWith("grpc"), ["Gateway", "HTTPRoute", "TraefikService"]],
    [
      { kind: "gateway", class: "envoy", namespace: "envoy" },
      { ...routesWith("grpc"), "/": { service: "web" } },
      ["Gateway", "HTTPRoute"],
    ],
  ];
  const certificates: readonly [EntryTls, readonly string[]][] = [
    [{ kind: "off" }, []],
    [{ kind: "issuer", name: "letsencrypt" }, ["Certificate", "NetworkPolicy"]],
    [{ kind: "issuer", name: "own", scope: "Issuer" }, ["Certificate"]],
    [{ kind: "secret", name: "wildcard" }, []],
    [{ kind: "certificate", certificate: "PEM", key: "PEM" }, ["Secret"]],
  ];
  const combinations = entries.flatMap(([entry, routes, entryKinds]) =>
    certificates.map(([tls, kinds]) => ({ entry, routes, tls, kinds: [...entryKinds, ...kinds] })),
  );

  function routesWith(beside: "http" | "grpc"): Readonly<Record<string, Lead>> {
    return {
      "/": {
        service: "web",
        port: { protocol: beside === "grpc" ? "grpc" : "ws", sticky: true, idleSeconds: 3600 },
      },
      "/api/rag/": {
        service: "rag",
        stripPrefix: true,
        others: { search: { number: 9000, protocol: beside } },
      },
      "/Mixed_case-path/~x.y": { service: "odd", port: { idleSeconds: 7200 } },
    };
  }

  it.each(combinations)(
    "an exposure by $entry.kind of the class $entry.class with TLS $tls",
    async (setting) => {
      const { kinds, ...rest } = setting;
      const registered = await exposed({ ...rest, namespace, features: { certManager: true } });
      expect(kindsOf(registered)).toEqual(expect.arrayContaining(kinds));
      expect(await complaints(registered)).toEqual([]);
    },
  );

  it("an exposure by the Ingress of an unknown class", async () => {
    const entry = { kind: "ingress", class: "nginx", namespace: "nginx" } as const;
    const routes = { "/": { service: "web" }, "/api": { service: "api" } };
    expect(await complaints(await exposed({ entry, namespace, routes }))).toEqual([]);
  });

  const every: Features = { customMetrics: true, keda: { namespace: "keda" } };
  const autoscalers: readonly [string, Features, readonly Signal["kind"][], readonly string[]][] = [
    ["of CPU and memory", {}, ["cpu", "memory"], ["HorizontalPodAutoscaler", "PodDisruptionBudget"]],
    ["of what a workload publishes", every, ["cpu", "metric"], ["HorizontalPodAutoscaler"]],
    ["that stands in", {}, ["queue", "lag", "rate"], ["HorizontalPodAutoscaler"]],
    [
      "of KEDA",
      every,
      ["cpu", "memory", "metric", "queue", "lag", "rate"],
      ["ScaledObject", "TriggerAuthentication", "Secret"],
    ],
  ];

  it.each(autoscalers)(
    "an autoscaler %s, with the quota and the budgets",
    async (_, features, kinds, made) => {
      const registered = await deploy(() => {
        const nodes = [{ cpus: 3.92, memoryGiB: 15.4, count: 4, gpus: 1 }];
        const target = new Kubernetes("t", { cluster: { nodes, features }, namespace });
        const server = Reference.to(
          target.run("server", () => workload(), { parent: target }),
          "http",
        );
        const password = Reference.hidden("open-sesame");
        const signals: { readonly [Kind in Signal["kind"]]: Extract<Signal, { kind: Kind }> } = {
          cpu: { kind: "cpu", percent: 70 },
          memory: { kind: "memory", percent: 80 },
          metric: { kind: "metric", name: "requests_per_second", perCopy: 2.5 },
          queue: { kind: "queue", server, password, list: "documents", perCopy: 10 },
          lag: { kind: "lag", server, topic: "events", group: "core", perCopy: 100 },
          rate: {
            kind: "rate",
            server: ref`http://${server}`,
            query: "sum(rate(events_total[1m]))",
            perCopy: 0.5,
          },
        };
        const scaling = { min: 2, max: 10, signals: kinds.map((kind) => signals[kind]) };
        target.run("web", () => ({ ...workload(), scaling }), { parent: target, copies: 2 });
      });
      expect(kindsOf(registered)).toEqual(expect.arrayContaining(["ResourceQuota", "LimitRange", ...made]));
      expect(await complaints(registered)).toEqual([]);
    },
  );

  const credentials: readonly (readonly [string, MetricsCredentials])[] = [
    ["a user and a password", { kind: "basic", user: "reader", password: Reference.hidden("open-sesame") }],
    ["a token", { kind: "bearer", token: Reference.hidden("open-sesame") }],
  ];

  it.each(credentials)("[G16] what the Prometheus operator reads with %s, and judges", async (_, given) => {
    const registered = await deploy(() => {
      const features = { prometheusOperator: { namespace: "monitoring", labels: { release: "operator" } } };
      const nodes = [{ cpus: 3.92, memoryGiB: 15.4, count: 4 }];
      const target = new Kubernetes("t", { cluster: { nodes, features }, namespace });
      const metrics = { port: "http", intervalSeconds: 5, credentials: given };
      const alerts = {
        QueueLong: { expr: "queue_length > 9", forSeconds: 60, severity: "warning", summary: "long" },
      } as const;
      target.run("web", () => ({ ...workload(), metrics, alerts }), { parent: target });
    });
    const made = ["PodMonitor", "PrometheusRule", "Secret", "NetworkPolicy"];
    expect(kindsOf(registered)).toEqual(expect.arrayContaining(made));
    expect(await complaints(registered)).toEqual([]);
  });

  it("a container that states no resources where there is a quota, and no address outside", async () => {
    const registered = await exposed({ namespace, routes: { "/": { service: "web" } } });
    const made = objectsOf(registered).filter(({ kind }) => /^(ResourceQuota|LimitRange)$/.test(kind));
    for (const object of made) await client.create(object);
    const reference = { apiVersion: "v1", kind: "ResourceQuota", namespace, name: "t" };
    await until("the quota holds", async () => {
      const { status } = await client.get(reference);
      return Object.hasOwn((status as { hard?: object } | undefined)?.hard ?? {}, "services.nodeports");
    });

    const metadata = { namespace, name: "brought-along" };
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata,
      spec: { containers: [{ name: "main", image: "any:1" }] },
    };
    const { spec } = await client.create(pod, { dryRun: true });
    expect(spec).toMatchObject({
      containers: [
        { resources: { requests: { cpu: "50m", memory: "64Mi" }, limits: { cpu: "1", memory: "512Mi" } } },
      ],
    });
    const service = {
      apiVersion: "v1",
      kind: "Service",
      metadata,
      spec: { type: "NodePort", ports: [{ port: 80 }] },
    };
    await expect(client.create(service, { dryRun: true })).rejects.toThrow(
      /exceeded quota: t, .*services.nodeports=1/,
    );
  });
});
