import { beforeAll, describe, expect, it } from "vitest";
import type { Topology, WorkloadFacts } from "../../../cli/topology/topology.ts";
import { promiseOf } from "../../../components/targets/docker/promise.ts";
import { deploy as stack } from "../../../stacks/deploy.ts";
import { deploy, type Registration } from "../../support/engine.ts";
import { stackFile, stackNames } from "../../support/stack-file.ts";
import { topologyFor } from "../../support/topologies.ts";

const workload = ({ workloads }: Topology, name: string): WorkloadFacts =>
  workloads.find((each) => each.name === name)!;

describe.each(stackNames().filter((name) => name.endsWith("-docker")))("%s", (name) => {
  let topology: Topology;
  let containers: readonly (Registration & { labels: Readonly<Record<string, string>> })[];

  beforeAll(async () => {
    topology = await topologyFor(name);
    const registered = await deploy(() => stack(stackFile(name, { observed: true })));
    containers = registered
      .filter(({ type }) => type === "docker:index/container:Container")
      .map((each) => {
        const { labels = [] } = each.inputs as { labels?: { label: string; value: string }[] };
        return { ...each, labels: Object.fromEntries(labels.map(({ label, value }) => [label, value])) };
      });
  });

  it("has each container that runs a workload, with its image", () => {
    const workloads = Object.fromEntries(topology.workloads.map((each) => [each.name, each.image]));
    const entries = new Set(topology.exposures.map(({ entry }) => entry));
    const own = containers.filter((each) => connected(each) && !entries.has(serviceOf(each)));
    expect(Object.fromEntries(own.map((each) => [serviceOf(each), each.inputs["image"]]))).toEqual(workloads);
  });

  it("[G5] has a reference for each network of another service that a container joins, and no other", () => {
    for (const { name: client } of topology.workloads) {
      const container = containers.find((each) => connected(each) && serviceOf(each) === client)!;
      const references = topology.references.filter(({ from }) => from === client);
      const inside = references.filter(({ outside }) => !outside).map(({ to }) => to);
      const joined = networksOf(container).filter((each) => ![client, "ingress", "egress"].includes(each));
      expect(new Set(joined), client).toEqual(new Set(inside.filter((each) => each !== client)));
      expect(networksOf(container).includes("egress"), client).toBe(
        references.some(({ outside }) => outside),
      );
    }
  });

  it("[G8] counts what the containers say that they are promised", () => {
    const demands = containers.flatMap(({ labels }) => promiseOf(labels) ?? []);
    const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
    const { total, limit, machines } = topology.capacity;
    expect(total.cpus).toBeCloseTo(sum(demands.map(({ cpuRequest }) => cpuRequest)), 9);
    expect(total.memoryGiB).toBeCloseTo(sum(demands.map((each) => each.memoryRequestMiB)) / 1024, 9);
    expect(total.storageGiB).toBeCloseTo(sum(demands.map(({ storageGiB = 0 }) => storageGiB)), 9);
    expect(limit.cpus).toBeCloseTo(machines[0]!.cpus * 0.85, 9);
    expect(total.memoryGiB).toBeLessThanOrEqual(limit.memoryGiB!);
  });

  const serviceOf = ({ labels }: { labels: Readonly<Record<string, string>> }) => labels["keelson.service"]!;
  const networksOf = ({ inputs, labels }: (typeof containers)[number]): string[] =>
    ((inputs["networksAdvanced"] ?? []) as { name: string }[]).map(({ name: network }) =>
      network.replace(`${labels["keelson.stack"]}-`, ""),
    );
  const connected = (container: (typeof containers)[number]) => networksOf(container).length > 0;
});

describe.each(stackNames().filter((name) => name.endsWith("-kubernetes")))("%s", (name) => {
  it("has the copies that its workloads begin with, and the most that they are scaled to", async () => {
    const topology = await topologyFor(name);
    const registered = await deploy(() => stack(stackFile(name, { observed: true })));
    const specs = (kind: RegExp) =>
      registered
        .filter(({ type }) => kind.test(type))
        .map(({ inputs }) => ({ name: inputs["metadata"].name as string, ...inputs["spec"] }));
    const kept = specs(/:(Deployment|StatefulSet)$/);
    const scaled = new Map(
      specs(/:HorizontalPodAutoscaler$/).map((each) => [each.scaleTargetRef.name, each]),
    );
    const services = topology.workloads.filter(({ kind }) => kind === "service");
    expect(new Set(services.map((each) => each.name))).toEqual(new Set(kept.map((each) => each.name)));
    for (const { name: each, copies } of services) {
      const autoscaler = scaled.get(each);
      const { replicas } = kept.find((spec) => spec.name === each)!;
      const expected = autoscaler
        ? { min: autoscaler.minReplicas, max: autoscaler.maxReplicas }
        : { min: replicas, max: replicas };
      expect(copies, each).toEqual(expected);
    }
  });
});

it.each(stackNames().filter((name) => name.endsWith("-kubernetes")))(
  "[G8] %s promises each workload what all of its copies ask for, at the most that there may be",
  async (name) => {
    const { workloads, capacity } = await topologyFor(name);
    for (const { kind, name: each, copies, resources } of workloads) {
      const { cpus, memoryGiB } = capacity.promised[each] ?? { cpus: 0, memoryGiB: 0 };
      const counted = kind === "service" || kind === "replicated" ? copies.max : 0;
      expect(cpus, each).toBeCloseTo(resources.cpuRequest * counted, 9);
      expect(memoryGiB, each).toBeCloseTo((resources.memoryRequestMiB * counted) / 1024, 9);
    }
    expect(capacity.total.cpus).toBeLessThanOrEqual(capacity.limit.cpus!);
    expect(capacity.limit.storageGiB).toBeUndefined();
  },
);

describe("acceleration-docker", () => {
  let topology: Topology;
  beforeAll(async () => {
    topology = await topologyFor("acceleration-docker");
  });

  it("says what a service is: ports, secrets by name, what it waits for", () => {
    expect(workload(topology, "gateway")).toMatchObject({
      kind: "service",
      group: "application",
      copies: { min: 1, max: 1 },
      ports: [{ name: "http", number: 8000, protocol: "http" }],
      metrics: true,
      after: ["gateway-migrations", "postgres-gateway-database"],
    });
    expect(workload(topology, "gateway").secrets).toContain("REDIS_URL");
    expect(workload(topology, "gateway").secrets).not.toContain("SERVICE_NAME");
  });

  it("tells stores and jobs from applications", () => {
    const { volumes, group } = workload(topology, "postgres");
    expect({ volumes, group }).toEqual({
      group: "store",
      volumes: [{ name: "data", path: expect.stringMatching(/^\//), sizeGiB: 20 }],
    });
    expect(workload(topology, "gateway-migrations")).toMatchObject({ group: "job", kind: "job" });
  });

  it("has a path of the entry for each service, as browsers use it", () => {
    const { url, exposures } = topology;
    expect(url).toBe("http://localhost:8080");
    expect(exposures).toContainEqual({
      entry: "proxy",
      host: "localhost",
      path: "/api/tools",
      stripPrefix: true,
      to: "tools",
      port: { name: "http", number: 8003, protocol: "http" },
    });
    expect(exposures).toHaveLength(9);
  });
});

it("has servers elsewhere by their host names, and what is spoken there as far as it is known", async () => {
  const { references } = await topologyFor("melvin-docker");
  expect(references).toContainEqual({
    from: "ollama",
    to: "registry.ollama.ai",
    outside: true,
    port: { name: "outside", number: 443, protocol: "tcp" },
    purpose: "use",
  });
});
