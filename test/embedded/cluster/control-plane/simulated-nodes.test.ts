import { expect, test } from "vitest";
import { nodeObjects, ownSelector } from "../../../../embedded/cluster/control-plane/simulated-nodes.ts";

test("simulated nodes have the given sizes, and a taint that keeps other pods away", () => {
  const nodes = nodeObjects([
    { count: 2, cpus: 4, memoryGiB: 16 },
    { count: 1, cpus: 8, memoryGiB: 32 },
  ]);
  expect(nodes.map(({ metadata }) => metadata.name)).toEqual(["simulated-1", "simulated-2", "simulated-3"]);
  expect(nodes.map(({ status }) => [status.allocatable.cpu, status.allocatable.memory])).toEqual([
    ["4", "16Gi"],
    ["4", "16Gi"],
    ["8", "32Gi"],
  ]);
  for (const { spec } of nodes) {
    expect(spec.taints).toEqual([{ key: "kwok.x-k8s.io/node", value: "simulated", effect: "NoSchedule" }]);
  }
});

test("three simulated nodes are in three zones", () => {
  const nodes = nodeObjects([{ count: 3, cpus: 4, memoryGiB: 16 }]);
  const zones = nodes.map(({ metadata }) => metadata.labels["topology.kubernetes.io/zone"]);
  expect(new Set(zones).size).toBe(3);
});

test("nodes of imagined clouds are not among those that the cluster makes and takes away", () => {
  expect(ownSelector).toBe("kwok.x-k8s.io/node=simulated,!keelson.cloud");
  for (const { metadata } of nodeObjects([{ count: 1, cpus: 4, memoryGiB: 16 }]))
    expect(metadata.labels).not.toHaveProperty(["keelson.cloud"]);
});
