import { expect, it } from "vitest";
import { openStack } from "../../../cli/stack.ts";
import { topologyOf } from "../../../cli/topology/topology-of.ts";
import { readFileSync } from "node:fs";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const project = readFileSync(new URL("../../../Pulumi.yaml", import.meta.url), "utf8");
const config = {
  "keelson:platform": "semantik",
  "keelson:target": "docker",
  "keelson:docker": { machine: { cpus: 8, memoryGiB: 32, storageGiB: 500 } },
};

async function topologyWith(more: object) {
  const stack = { config: { ...config, ...more } };
  const folder = temporaryFolder({
    "Pulumi.yaml": project,
    "stacks/Pulumi.mine.yaml": JSON.stringify(stack),
  });
  return topologyOf(await openStack("mine", folder));
}

it("[G16] tells who observes from who is observed by who reads metrics, who is sent telemetry, and who serves only them", async () => {
  const observed = await topologyWith({ "keelson:observability": true });
  const named = (group: string) =>
    observed.workloads.filter((each) => each.group === group).map(({ name }) => name);
  expect(new Set(named("observability"))).toEqual(
    new Set([
      "prometheus",
      "grafana",
      "jaeger",
      "otel-collector",
      "node-exporter",
      "postgres-exporter",
      "redis-exporter",
      // It shows what Celery's workers do, and nobody but Prometheus refers to it.
      "flower",
    ]),
  );
  expect(new Set(named("application"))).toEqual(new Set(["webui", "vecpipe", "worker"]));
  expect(new Set(named("store"))).toEqual(new Set(["postgres", "redis", "qdrant"]));
});

it("[G16] tells references for metrics and for telemetry from those for use", async () => {
  const { references } = await topologyWith({ "keelson:observability": true });
  const purposes = (from: string) =>
    new Set(references.filter((each) => each.from === from).map(({ purpose }) => purpose));
  expect(purposes("prometheus")).toEqual(new Set(["metrics"]));
  expect(purposes("grafana")).toEqual(new Set(["use"]));
  const told = references.filter(({ purpose }) => purpose === "telemetry");
  expect(new Set(told.map(({ to }) => to))).toEqual(new Set(["otel-collector"]));
  expect(told.map(({ from }) => from)).toContain("webui");
});

it("calls nobody an observer where nobody observes", async () => {
  const { workloads } = await topologyWith({});
  expect(workloads.filter(({ group }) => group === "observability")).toEqual([]);
});
