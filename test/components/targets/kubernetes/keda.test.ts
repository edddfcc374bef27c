import { describe, expect, it } from "vitest";
import { type Endpoint, ref, Reference } from "../../../../components/model/reference.ts";
import type { Scaling, Signal } from "../../../../components/model/scaling.ts";
import { Kubernetes } from "../../../../components/targets/kubernetes/kubernetes.ts";
import { deploy, SECRET, secretsOf } from "../../../support/engine.ts";
import { NAMESPACE, objects, workload } from "../../../support/exposed.ts";

type Servers = Readonly<Record<"cache" | "broker" | "prometheus", Endpoint>>;
const cpu: Signal = { kind: "cpu", percent: 60 };
const queue = ({ cache }: Servers): Signal => ({
  kind: "queue",
  server: Reference.to(cache, "own"),
  password: Reference.hidden("open-sesame"),
  list: "documents",
  perCopy: 2.5,
});

/** What is registered for a workload that is scaled by what some servers tell. */
const deployed = (signals: (servers: Servers) => readonly Signal[]) =>
  deploy(() => {
    const nodes = [{ cpus: 4, memoryGiB: 16, count: 4 }];
    const features = { keda: { namespace: "keda" }, customMetrics: true };
    const target = new Kubernetes("t", { cluster: { nodes, features }, namespace: NAMESPACE });
    const server = (name: string) =>
      target.run(name, () => workload({}, { own: { number: 7000 } }), { parent: target });
    const servers = { cache: server("cache"), broker: server("broker"), prometheus: server("prometheus") };
    const scaling: Scaling = { min: 1, max: 5, signals: signals(servers) };
    target.run("worker", () => ({ ...workload(), scaling }), { parent: target });
  });
const scaledObject = async (signals: (servers: Servers) => readonly Signal[]) =>
  objects(await deployed(signals), "ScaledObject")["worker"];

describe("what KEDA scales", () => {
  it("[A9] [O6] follows all signals by one object, with addresses that its own namespace knows", async () => {
    const { spec } = await scaledObject(({ cache, broker, prometheus, ...rest }) => [
      cpu,
      { kind: "memory", percent: 80 },
      { kind: "metric", name: "requests", perCopy: 1 },
      queue({ cache, broker, prometheus, ...rest }),
      { kind: "lag", server: Reference.to(broker, "own"), topic: "events", group: "core", perCopy: 100 },
      {
        kind: "rate",
        server: ref`http://${Reference.to(prometheus, "own")}/prometheus`,
        query: "sum(rate(events_total[1m]))",
        perCopy: 0.5,
      },
    ]);
    expect(spec).toMatchObject({
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "worker" },
      minReplicaCount: 1,
      maxReplicaCount: 5,
      advanced: {
        horizontalPodAutoscalerConfig: { behavior: { scaleDown: { stabilizationWindowSeconds: 300 } } },
      },
    });
    expect(spec.triggers).toEqual([
      { type: "cpu", metricType: "Utilization", metadata: { value: "60" } },
      { type: "memory", metricType: "Utilization", metadata: { value: "80" } },
      {
        type: "redis",
        metadata: { address: "cache.edges.svc:7000", listName: "documents", listLength: "3" },
        authenticationRef: { name: "worker-scaling-cache" },
      },
      {
        type: "kafka",
        metadata: {
          bootstrapServers: "broker.edges.svc:7000",
          consumerGroup: "core",
          topic: "events",
          lagThreshold: "100",
        },
      },
      {
        type: "prometheus",
        metadata: {
          serverAddress: "http://prometheus.edges.svc:7000/prometheus",
          query: "sum(rate(events_total[1m]))",
          threshold: "0.5",
        },
      },
    ]);
  });

  it("has no second autoscaler", async () => {
    expect(objects(await deployed((servers) => [cpu, queue(servers)]), "HorizontalPodAutoscaler")).toEqual(
      {},
    );
  });

  it("[G3] is asked for with a password that stands in a Secret only, once for each server", async () => {
    const all = await deployed((servers) => [
      queue(servers),
      { ...queue(servers), list: "images" } as Signal,
    ]);
    expect(objects(all, "TriggerAuthentication")).toEqual({
      "worker-scaling-cache": expect.objectContaining({
        spec: { secretTargetRef: [{ parameter: "password", name: "worker-scaling-cache", key: "password" }] },
      }),
    });
    expect(objects(all, "Secret")["worker-scaling-cache"]).toMatchObject({ stringData: SECRET });
    const secret = all.find(
      ({ type, name }) => type.endsWith(":Secret") && name === "t-worker-scaling-cache",
    )!;
    expect(secretsOf(secret).join()).toContain("open-sesame");
    expect(JSON.stringify(all)).not.toContain("open-sesame");
  });

  it("[O6] [G3] asks for a lag by the client's own user, whose password stands in a Secret only", async () => {
    const all = await deployed(({ broker }) => [
      {
        kind: "lag",
        server: Reference.to(broker, "own"),
        topic: "events",
        group: "core",
        perCopy: 100,
        login: {
          user: Reference.plain("core"),
          password: Reference.hidden("open-sesame"),
          mechanism: "SCRAM-SHA-512",
          protocol: "SASL_PLAINTEXT",
        },
      },
    ]);
    expect(objects(all, "ScaledObject")["worker"].spec.triggers).toEqual([
      expect.objectContaining({
        metadata: expect.objectContaining({ sasl: "scram_sha512", tls: "disable" }),
        authenticationRef: { name: "worker-scaling-broker" },
      }),
    ]);
    const name = "worker-scaling-broker";
    expect(objects(all, "TriggerAuthentication")[name].spec).toEqual({
      secretTargetRef: ["username", "password"].map((key) => ({ parameter: key, name, key })),
    });
    expect(objects(all, "Secret")[name]).toMatchObject({ stringData: SECRET });
    expect(JSON.stringify(all)).not.toContain("open-sesame");
  });

  it("is asked at an address elsewhere as it stands", async () => {
    const { spec } = await scaledObject(() => [
      { kind: "rate", server: Reference.outside("http://prometheus:9090"), query: "up", perCopy: 1 },
    ]);
    expect(spec.triggers[0].metadata.serverAddress).toBe("http://prometheus:9090");
  });

  it("[G3] is not asked at an address that is a secret, which would stand there in clear", async () => {
    const refusal = deployed(({ prometheus }) => [
      {
        kind: "rate",
        server: ref`http://user:${Reference.hidden("open-sesame")}@${Reference.to(prometheus, "own")}`,
        query: "up",
        perCopy: 1,
      },
    ]);
    await expect(refusal).rejects.toThrow(
      /"worker" is to be scaled by .* address is secret; .*keep passwords out/,
    );
  });
});
