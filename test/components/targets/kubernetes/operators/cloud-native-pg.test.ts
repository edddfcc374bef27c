import { describe, expect, it } from "vitest";
import { authority } from "../../../../../components/secrets/certificate.ts";
import { HttpService } from "../../../../../components/services/http-service.ts";
import { ReplicatedPostgres } from "../../../../../components/services/replicated-postgres.ts";
import { Docker } from "../../../../../components/targets/docker/docker.ts";
import type { Cluster } from "../../../../../components/targets/kubernetes/cluster.ts";
import { Kubernetes } from "../../../../../components/targets/kubernetes/kubernetes.ts";
import { deploy, type Registration, secretsOf } from "../../../../support/engine.ts";
import { mayOpen, type Pod } from "../../../../support/evaluator.ts";
import { podsOf, rulesOf } from "../../../../support/reachability.ts";

const CLUSTER: Cluster = {
  nodes: [{ cpus: 4, memoryGiB: 16, count: 3, taints: { dedicated: "data" }, labels: { pool: "data" } }],
  storageClass: "fast",
  features: { cloudNativePg: true },
};
const resources = { cpuRequest: 0.1, cpuLimit: 1, memoryRequestMiB: 64, memoryLimitMiB: 128 };

/** A replicated server with one client, on a cluster. */
const made = (cluster: Cluster = CLUSTER, args: { requestShare?: number; destroyData?: boolean } = {}) =>
  deploy(() => {
    const target = new Kubernetes("shop", { cluster, namespace: "shop-data", ...args });
    const signer = authority("authority", target);
    const { url } = new ReplicatedPostgres("postgres", {
      target,
      storageGiB: 20,
      authority: signer,
    }).database("orders");
    const service = { target, image: "web:1", command: ["serve"], port: 8000, ready: "/", resources };
    new HttpService("web", { ...service, env: { DATABASE_URL: url } });
    new HttpService("other", service);
  });

const clusterOf = (all: readonly Registration[]) =>
  all.find(({ type }) => type === "kubernetes:postgresql.cnpg.io/v1:Cluster")!;
const named = (all: readonly Registration[], type: string, name: string) =>
  all.find((each) => each.type === `kubernetes:core/v1:${type}` && each.inputs["metadata"].name === name)!;

describe("PostgreSQL in several copies, by CloudNativePG", () => {
  it("has three instances with the server's sizes, parameters, user and volumes, apart from each other", async () => {
    const { inputs } = clusterOf(await made());
    expect(inputs["spec"]).toMatchObject({
      instances: 3,
      imageName: "postgres:18.6",
      postgresUID: 999,
      postgresGID: 999,
      storage: { size: "20Gi", storageClass: "fast" },
      resources: { requests: { cpu: "250m", memory: "1024Mi" }, limits: { cpu: "1", memory: "1024Mi" } },
      bootstrap: { initdb: { dataChecksums: true } },
      affinity: {
        enablePodAntiAffinity: true,
        topologyKey: "kubernetes.io/hostname",
        tolerations: [{ key: "dedicated", operator: "Equal", value: "data" }],
        nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: expect.anything() },
      },
    });
    expect(inputs["spec"].postgresql.parameters).toMatchObject({
      shared_buffers: "256MB",
      max_connections: "300",
    });
  });

  it("asks for all of its memory even where little is promised: the operator refuses less than it shares", async () => {
    const { inputs } = clusterOf(await made(CLUSTER, { requestShare: 0.1 }));
    expect(inputs["spec"].resources.requests).toEqual({ cpu: "25m", memory: "1024Mi" });
  });

  it("is reached by the service's own name, by labels that policies know, and waited for until it is ready", async () => {
    const all = await made();
    const { inputs, urn } = clusterOf(all);
    expect(inputs["metadata"]).toMatchObject({
      name: "postgres",
      namespace: "shop-data",
      annotations: { "pulumi.com/waitFor": "condition=Ready" },
    });
    expect(inputs["spec"].inheritedMetadata.labels).toMatchObject({
      "app.kubernetes.io/name": "postgres",
      "app.kubernetes.io/instance": "shop",
    });
    expect(inputs["spec"].managed.services.additional).toEqual([
      { selectorType: "rw", serviceTemplate: { metadata: { name: "postgres" } } },
    ]);
    const job = all.find(
      ({ type, name }) => type.endsWith(":Job") && name === "shop-postgres-orders-database",
    )!;
    expect(job.dependencies).toContain(urn);
  });

  it("[A7] proves itself by a certificate of the platform's authority", async () => {
    const all = await made();
    const { certificates } = clusterOf(all).inputs["spec"];
    expect(certificates).toEqual({
      serverTLSSecret: "postgres-certificate",
      serverCASecret: "postgres-authority",
    });
    const certificate = named(all, "Secret", certificates.serverTLSSecret);
    expect(certificate.inputs["type"]).toBe("kubernetes.io/tls");
    expect(secretsOf(certificate).join()).toContain("certificate-of-postgres");
    expect(secretsOf(named(all, "Secret", certificates.serverCASecret)).join()).toContain(
      "certificate-of-authority",
    );
  });

  it("[G3] reads its administrator's password from a Secret that it looks at again when that changes", async () => {
    const all = await made();
    const { superuserSecret, enableSuperuserAccess } = clusterOf(all).inputs["spec"];
    expect({ superuserSecret, enableSuperuserAccess }).toEqual({
      superuserSecret: { name: "postgres-admin" },
      enableSuperuserAccess: true,
    });
    const secret = named(all, "Secret", "postgres-admin");
    expect(secret.inputs["type"]).toBe("kubernetes.io/basic-auth");
    expect(secret.inputs["metadata"].labels).toHaveProperty(["cnpg.io/reload"]);
    expect(secretsOf(secret).join()).toContain("generated-by-postgres-admin");
    expect(JSON.stringify(clusterOf(all).inputs)).not.toContain("generated-by");
  });

  it("[G6] is protected with its data, unless data may go", async () => {
    expect(clusterOf(await made())).toMatchObject({ protect: true, retainOnDelete: true });
    const destroyed = clusterOf(await made(CLUSTER, { destroyData: true }));
    expect(destroyed).toMatchObject({ protect: false, retainOnDelete: false });
  });

  it("[G5] opens the server to its clients, the rest to the other instances, the operator and the API server alone", async () => {
    const all = await made();
    const rules = rulesOf(all, ["cnpg-system", "elsewhere"]);
    const labels = clusterOf(all).inputs["spec"].inheritedMetadata.labels as Record<string, string>;
    const instance = (number: number): Pod => ({
      name: `postgres-${number}`,
      namespace: "shop-data",
      labels,
      address: `10.244.50.${number}`,
      ports: [],
    });
    const outsider = (namespace: string): Pod => ({ ...instance(9), namespace, labels: {} });
    const pods = podsOf(all);
    const [first, second] = [instance(1), instance(2)];
    const client = pods.find(({ name }) => name === "web-1")!;
    const stranger = pods.find(({ name }) => name === "other-1")!;
    const job = pods.find(({ name }) => name === "postgres-orders-database-1")!;
    const [sql, status] = [5432, 8000].map((number) => ({ number, transport: "TCP" })) as [never, never];
    const open = (from: Pod, to: Pod | string, ports: readonly { number: number; transport: string }[]) =>
      ports.map((port) => mayOpen(rules, from, to, port));
    expect(open(client, first, [sql, status])).toEqual([true, false]);
    expect(open(job, first, [sql, status])).toEqual([true, false]);
    expect(open(stranger, first, [sql, status])).toEqual([false, false]);
    expect(open(outsider("elsewhere"), first, [sql, status])).toEqual([false, false]);
    expect(open(first, second, [sql, status])).toEqual([true, true]);
    expect(open(outsider("cnpg-system"), first, [sql, status])).toEqual([true, true]);
    const tcp = (...numbers: readonly number[]) => numbers.map((number) => ({ number, transport: "TCP" }));
    expect(open(first, "192.0.2.1", tcp(443, 6443, 80, 5432))).toEqual([true, true, false, false]);
    expect(open(first, client, tcp(8000))).toEqual([false]);
  });

  it("is refused by a cluster without the operator, with what to do", async () => {
    const { features: _, ...bare } = CLUSTER;
    await expect(made(bare)).rejects.toThrow(
      '"postgres" asks for 3 copies of postgresql, which CloudNativePG runs, and the cluster has none of it; ' +
        'install CloudNativePG in the cluster and set its feature "cloudNativePg", run one copy, or refer to a server elsewhere',
    );
  });

  it("is refused by a Docker host, with what to do", async () => {
    const making = deploy(() => new ReplicatedPostgres("postgres", { target: new Docker("shop") }));
    await expect(making).rejects.toThrow(
      /asks for 3 copies of postgresql, which one host does not keep; run one copy/,
    );
  });
});
