import { describe, expect, it } from "vitest";
import { ref, textOf } from "../../../components/model/reference.ts";
import type { Target } from "../../../components/model/target.ts";
import type { Workload } from "../../../components/model/workload.ts";
import { Docker } from "../../../components/targets/docker/docker.ts";
import { Kubernetes } from "../../../components/targets/kubernetes/kubernetes.ts";
import { deploy, type Registration } from "../../support/engine.ts";
import { settled } from "../../support/outputs.ts";

const plain: Workload = {
  image: "web:1",
  command: ["serve"],
  ports: { http: { number: 8000, protocol: "http" }, metrics: { number: 9000, protocol: "http" } },
  probes: { readiness: { check: { kind: "http", port: "http", path: "/ready" } } },
  resources: { cpuRequest: 0.25, cpuLimit: 1, memoryRequestMiB: 64, memoryLimitMiB: 128 },
  user: { uid: 1000, gid: 1001 },
};
const metrics = { port: "metrics", path: "/numbers", intervalSeconds: 5 };
const alert = { expr: "up == 0", forSeconds: 60, severity: "warning", summary: "it is down" } as const;

const targets = {
  Docker: () => new Docker("t"),
  Kubernetes: () => new Kubernetes("t", { cluster: { nodes: [{ cpus: 4, memoryGiB: 16, count: 3 }] } }),
} satisfies Record<string, () => Target>;

/** Runs one workload that publishes metrics, one that does not, and one that reads what can be watched. */
async function watching(make: () => Target, change: Partial<Workload>, copies = 1) {
  const seen: { name: string; host: string; port: number; path: string }[] = [];
  const all = await deploy(async () => {
    const target = make();
    const placement = { parent: target as unknown as Docker };
    target.run("quiet", () => plain, placement);
    target.run("web", () => ({ ...plain, metrics, alerts: { Down: alert }, ...change }), {
      ...placement,
      copies,
    });
    const watched = target.watch(placement);
    for (const { name, host, port, path } of watched)
      seen.push({ name, host: (await settled(textOf(host))).value, port, path });
    expect(
      watched.map(({ alerts, memoryLimitMiB, intervalSeconds }) => [alerts, memoryLimitMiB, intervalSeconds]),
    ).toEqual([[{ Down: alert }, 128, 5]]);
    const env = Object.fromEntries(watched.map(({ name, host }) => [name, ref`${host}`]));
    target.run("watcher", () => ({ ...plain, env }), placement);
  });
  return { seen, all };
}

const bodies = (all: readonly Registration[], type: string) =>
  all.filter((each) => each.type.endsWith(`:${type}`)).map(({ inputs }) => inputs);

describe.each(Object.entries(targets))("what can be watched on %s", (_, make) => {
  it("[G16] is whatever publishes metrics, with what it says of them", async () => {
    const { seen } = await watching(make, {});
    expect(seen).toEqual([expect.objectContaining({ name: "web", port: 9000, path: "/numbers" })]);
  });
});

describe("on Kubernetes", () => {
  it.each([
    ["without volumes", {}],
    ["with volumes", { volumes: { data: { path: "/data", sizeGiB: 1 } } }],
  ])("[G16] every copy of a workload %s has an address record of its own", async (_, change) => {
    const { seen, all } = await watching(targets.Kubernetes, change, 3);
    const services = bodies(all, "Service").filter(({ metadata }) => metadata.name === seen[0]!.host);
    expect(services).toHaveLength(1);
    expect(services[0]!["spec"]).toMatchObject({ clusterIP: "None", publishNotReadyAddresses: true });
  });

  it("[G5] whoever watches may open the port of the metrics, and no other", async () => {
    const { all } = await watching(targets.Kubernetes, {});
    const into = bodies(all, "NetworkPolicy").find(({ metadata }) => metadata.name === "web.from.watcher")!;
    expect(into["spec"].ingress.flatMap(({ ports }: { ports: { port: number }[] }) => ports)).toEqual([
      expect.objectContaining({ port: 9000 }),
    ]);
  });
});

describe("on a Docker host", () => {
  it("[G5] whoever watches joins the network of what it watches", async () => {
    const { all } = await watching(targets.Docker, {});
    const watcher = bodies(all, "Container").find(({ name, labels }) =>
      JSON.stringify({ name, labels }).includes("watcher"),
    )!;
    expect(watcher["networksAdvanced"]).toHaveLength(2);
  });

  it("is reached at the port of its metrics by its own name", async () => {
    const { seen } = await watching(targets.Docker, {});
    expect(seen[0]!.host).toBe("web");
  });
});
