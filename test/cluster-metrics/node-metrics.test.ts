import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { obtainControlPlanePrograms } from "../../embedded/cluster/control-plane/programs.ts";
import { withCluster } from "../../embedded/cluster/index.ts";
import { startMetrics, stopMetrics } from "../../embedded/cluster/node/index.ts";
import { keelsonHome } from "../../embedded/parts/home.ts";
import { NodeNamespace, scriptPod } from "../support/node-namespace.ts";

const context = { home: keelsonHome(), environment: process.env, progress: console.log };
let namespace: NodeNamespace;

beforeAll(async () => {
  namespace = await NodeNamespace.open("test-node-metrics");
  const programs = await obtainControlPlanePrograms(context);
  await withCluster({}, () => startMetrics(context, programs));
});
afterAll(async () => {
  const programs = await obtainControlPlanePrograms(context);
  await withCluster({}, () => stopMetrics(context, programs));
  await namespace.close();
});

/** Pods that take all the CPU that they may, and a wish that they take half of what they asked for. */
async function startBusyPods(): Promise<void> {
  const resources = { requests: { cpu: "20m" }, limits: { cpu: "100m" } };
  const { metadata, spec } = scriptPod(
    "busy",
    "while true; do :; done",
    { resources },
    { restartPolicy: "Always" },
  );
  await namespace.apply(
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "busy" },
      spec: { selector: { matchLabels: metadata.labels }, template: { metadata, spec } },
    },
    {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: { name: "busy" },
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "busy" },
        minReplicas: 1,
        maxReplicas: 3,
        metrics: [
          {
            type: "Resource",
            resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 50 } },
          },
        ],
      },
    },
  );
}

describe("pods that take more CPU than they asked for", () => {
  it("are scaled out by what they really take", async () => {
    await startBusyPods();
    const scaled = "jsonpath={.status.desiredReplicas}=3";
    await namespace.run(["wait", "horizontalpodautoscaler/busy", `--for=${scaled}`, "--timeout=180s"]);
    const used = await namespace.read(
      "horizontalpodautoscaler/busy",
      ".status.currentMetrics[0].resource.current.averageUtilization",
    );
    expect(Number(used)).toBeGreaterThan(50);
  });
});
