import { z } from "zod";
import type { ClusterContext } from "../context.ts";
import { until } from "../process.ts";
import { kubectl, unvalidated } from "./kubectl.ts";
import type { ControlPlanePrograms } from "./programs.ts";

/** Some simulated nodes of one size. */
export interface SimulatedNodes {
  readonly count: number;
  readonly cpus: number;
  readonly memoryGiB: number;
}

const LABEL = "kwok.x-k8s.io/node";
const VALUE = "simulated";

/** The usual limit of a node (kubelet's `maxPods`). */
const PODS = 110;

/** Nodes are spread over as many zones as a region of a cloud has at least. */
const ZONES = ["a", "b", "c"] as const;

/** Which nodes are simulated. */
export const simulatedSelector = `${LABEL}=${VALUE}`;

/** The nodes as the API server gets them. Nothing is scheduled there without a toleration. */
export function nodeObjects(groups: readonly SimulatedNodes[]) {
  const sizes = groups.flatMap((group) => Array.from({ length: group.count }, () => group));
  return sizes.map(({ cpus, memoryGiB }, index) => {
    const name = `${VALUE}-${index + 1}`;
    const resources = {
      cpu: `${cpus}`,
      memory: `${memoryGiB}Gi`,
      "ephemeral-storage": "100Gi",
      pods: `${PODS}`,
    };
    return {
      apiVersion: "v1",
      kind: "Node",
      metadata: {
        name,
        labels: {
          [LABEL]: VALUE,
          "kubernetes.io/arch": "amd64",
          "kubernetes.io/hostname": name,
          "kubernetes.io/os": "linux",
          "topology.kubernetes.io/region": VALUE,
          "topology.kubernetes.io/zone": `${VALUE}-${ZONES[index % ZONES.length]}`,
        },
      },
      spec: { taints: [{ key: LABEL, value: VALUE, effect: "NoSchedule" }] },
      status: { capacity: resources, allocatable: resources },
    };
  });
}

type NodeObject = ReturnType<typeof nodeObjects>[number];

const existing = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      status: z.object({ capacity: z.record(z.string(), z.string()) }),
    }),
  ),
});

/** Brings the simulated nodes to the given ones. A node of another size is made anew, and its pods go elsewhere. */
export async function simulateNodes(
  context: ClusterContext,
  programs: ControlPlanePrograms,
  groups: readonly SimulatedNodes[],
): Promise<void> {
  const run = (args: readonly string[], input?: string) => kubectl(context, programs, args, input);
  const answer = await run(["get", "nodes", `--selector=${simulatedSelector}`, "--output=json"]);
  const wanted = new Map(nodeObjects(groups).map((node) => [node.metadata.name, node]));
  const count = wanted.size;
  const superfluous: string[] = [];
  for (const { metadata, status } of existing.parse(JSON.parse(answer)).items) {
    const node = wanted.get(metadata.name);
    if (node && isOfSize(node, status.capacity)) wanted.delete(metadata.name);
    else superfluous.push(metadata.name);
  }
  if (superfluous.length > 0) await run(["delete", "nodes", ...superfluous]);
  if (wanted.size === 0) return;
  // The size is part of the status, which is only taken from an object that is created.
  await run(
    ["create", unvalidated, "--filename=-"],
    JSON.stringify({ apiVersion: "v1", kind: "List", items: [...wanted.values()] }),
  );
  await untilReady(context, programs, count);
}

async function untilReady(
  context: ClusterContext,
  programs: ControlPlanePrograms,
  count: number,
): Promise<void> {
  const readiness = '--output=jsonpath={.items[*].status.conditions[?(@.type=="Ready")].status}';
  const args = ["get", "nodes", `--selector=${simulatedSelector}`, readiness];
  await until(context, {
    what: "the simulated nodes are ready",
    daemon: "kwok",
    seconds: 60,
    isMet: async () => {
      const statuses = (await kubectl(context, programs, args)).split(" ");
      return statuses.filter((status) => status === "True").length === count;
    },
  });
}

function isOfSize(node: NodeObject, capacity: Readonly<Record<string, string>>): boolean {
  return Object.entries(node.status.capacity).every(([resource, value]) => capacity[resource] === value);
}
