import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SIMULATED_NODES } from "../../support/cluster.ts";
import { ClusterStack } from "../../support/cluster-stack.ts";

const NAME = "test-production";

let stack: ClusterStack;

beforeAll(async () => {
  stack = await ClusterStack.open(
    NAME,
    { "keelson:platform": "acceleration", "keelson:host": "production.test" },
    SIMULATED_NODES,
  );
  await stack.done("up");
});
afterAll(async () => {
  await stack.close();
});

describe("acceleration-kubernetes at its full sizes, on simulated nodes of 4 cores and 16 GiB", () => {
  it("[A5, G8] has every pod scheduled", async () => {
    const pods = Object.values(await stack.pods()).flat();
    expect(pods.length).toBeGreaterThanOrEqual(20);
    for (const { metadata, spec, status } of pods) {
      expect(spec!.nodeName, metadata!.name).toMatch(/^simulated-\d+$/);
      expect(["Running", "Succeeded"], metadata!.name).toContain(status!.phase);
    }
  });

  it("[A5] asks for what the platform's document reserves", async () => {
    const pods = await stack.pods();
    const requests = (service: string) =>
      pods[service]!.map(({ spec }) => spec!.containers[0]!.resources!.requests)[0];
    expect(requests("gateway")).toEqual({ cpu: "500m", memory: "1Gi" });
    expect(requests("rag")).toEqual({ cpu: "500m", memory: "2Gi" });
    expect(requests("sqltool")).toEqual({ cpu: "250m", memory: "512Mi" });
  });

  it("spreads the copies of a service over zones and nodes", async () => {
    for (const [service, pods] of Object.entries(await stack.pods())) {
      const nodes = pods.map(({ spec }) => spec!.nodeName);
      expect(new Set(nodes).size, service).toBe(nodes.length);
    }
  });

  it("[G1] changes nothing when it is brought up again, and a changed image rolls one service", async () => {
    expect(await stack.done("preview", "--", "--expect-no-changes")).toMatch(/\d+ unchanged/);
    await stack.set({ "keelson:images": { sqltool: "example/sqltool:2" } });
    await stack.done("up");
    const images = (await stack.pods())["sqltool"]!.map(({ spec }) => spec!.containers[0]!.image);
    expect(new Set(images)).toEqual(new Set(["example/sqltool:2"]));
  });

  it("[A9] leaves the copies that an autoscaler or an engineer set", async () => {
    const { namespace } = stack;
    await stack.apps.patchNamespacedDeploymentScale({
      name: "tools",
      namespace,
      body: [{ op: "replace", path: "/spec/replicas", value: 4 }],
    });
    await stack.set({ "keelson:images": { tools: "example/tools:2" } });
    await stack.done("up");
    const { spec } = await stack.apps.readNamespacedDeployment({ name: "tools", namespace });
    expect(spec!.replicas).toBe(4);
  });

  it("[G8] is refused with the table, and nothing is touched, if a pod is larger than any node", async () => {
    const before = await stack.pods();
    const settings = { name: NAME, namespace: NAME, ...SIMULATED_NODES, kubeconfig: stack.kubeconfig };
    const nodes = [{ cpus: 0.4, memoryGiB: 16, count: 100 }];
    await stack.set({ "keelson:kubernetes": { ...settings, nodes } });
    const { status, output } = await stack.keelson("up");
    await stack.set({ "keelson:kubernetes": settings });
    expect(status).not.toBe(0);
    expect(output).toContain('a copy of "gateway" asks for 0.50 cores');
    expect(output).toMatch(/copies +cores each +GiB of memory each/);
    expect(Object.keys(await stack.pods())).toEqual(Object.keys(before));
  });

  it("leaves nothing behind", async () => {
    await stack.done("down", "--delete-data", "--yes");
    expect(await stack.exists()).toBe(false);
  });
});
