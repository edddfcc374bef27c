import { expect, test } from "vitest";
import {
  isSameNode,
  nodesOf,
  selectorOf,
  type ImaginedPool,
} from "../../../../embedded/plugins/cloud/nodes.ts";

const pool: ImaginedPool = {
  cluster: "Production_1",
  pool: "general",
  count: 3,
  machine: "t3.xlarge",
  allocatable: { cpus: 3.48, memoryGiB: 13.25, pods: 51, gpus: 1 },
  region: "us-west-2",
  zones: ["us-west-2a", "us-west-2b"],
  labels: { "keelson.pool": "production-general" },
  taints: [{ key: "nvidia.com/gpu", value: "true", effect: "NoSchedule" }],
};

test("nodes of a pool are as many as it says, over its zones, of its size and with its labels", () => {
  const nodes = nodesOf(pool);
  expect(nodes.map(({ metadata }) => metadata.name)).toEqual([
    "production-1-general-1",
    "production-1-general-2",
    "production-1-general-3",
  ]);
  expect(nodes.map(({ metadata }) => metadata.labels?.["topology.kubernetes.io/zone"])).toEqual([
    "us-west-2a",
    "us-west-2b",
    "us-west-2a",
  ]);
  expect(nodes[0]).toMatchObject({
    metadata: {
      labels: {
        "kwok.x-k8s.io/node": "simulated",
        "keelson.cloud": "Production_1",
        "keelson.pool": "production-general",
        "node.kubernetes.io/instance-type": "t3.xlarge",
      },
    },
    spec: {
      taints: [
        { key: "keelson.cloud", value: "Production_1", effect: "PreferNoSchedule" },
        { key: "nvidia.com/gpu", value: "true", effect: "NoSchedule" },
      ],
    },
    status: {
      allocatable: { cpu: "3480m", memory: "13568Mi", pods: "51", "nvidia.com/gpu": "1" },
    },
  });
  expect(selectorOf(pool.cluster, pool.pool)).toBe("keelson.cloud=Production_1,keelson.cloud/pool=general");
});

test("a node is the same as long as its size, labels and taints are; what others add to it does not count", () => {
  const [node] = nodesOf(pool) as [ReturnType<typeof nodesOf>[number]];
  const { metadata, spec } = node as typeof node & { spec: { taints: object[] } };
  const added = {
    ...node,
    metadata: { ...metadata, labels: { ...metadata.labels, "beta.kubernetes.io/arch": "amd64" } },
    spec: {
      ...spec,
      taints: [...spec.taints, { key: "node.kubernetes.io/not-ready", effect: "NoSchedule" }],
    },
  };
  expect(isSameNode(added as typeof node, node)).toBe(true);
  const [larger] = nodesOf({ ...pool, allocatable: { ...pool.allocatable, memoryGiB: 29 } });
  const [relabelled] = nodesOf({ ...pool, labels: { "keelson.pool": "another" } });
  const [untainted] = nodesOf({ ...pool, taints: [] });
  for (const other of [larger, relabelled, untainted]) expect(isSameNode(node, other!)).toBe(false);
});
