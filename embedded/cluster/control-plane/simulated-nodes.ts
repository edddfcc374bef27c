import { z } from "zod";
import type { ClusterContext } from "../context.ts";
import { until } from "../process.ts";
import { kubectl, unvalidated } from "./kubectl.ts";
import type { ControlPlanePrograms } from "./programs.ts";
import { cloudLabel, nodeObject, simulation } from "./simulated-node.ts";

/** Some simulated nodes of one size. */
export interface SimulatedNodes {
  readonly count: number;
  readonly cpus: number;
  readonly memoryGiB: number;
}

/** The usual limit of a node (kubelet's `maxPods`). */
const PODS = 110;

/** Nodes are spread over as many zones as a region of a cloud has at least. */
const ZONES = ["a", "b", "c"] as const;

/** Which nodes are simulated. */
export const simulatedSelector = `${simulation.label}=${simulation.value}`;

/** Those of them that `cluster up` makes and takes away; the others are the business of the clouds that imagine them. */
export const ownSelector = `${simulatedSelector},!${cloudLabel}`;

/** The nodes as the API server gets them. Nothing is scheduled there without a toleration. */
export function nodeObjects(groups: readonly SimulatedNodes[]) {
  const sizes = groups.flatMap((group) => Array.from({ length: group.count }, () => group));
  return sizes.map(({ cpus, memoryGiB }, index) =>
    nodeObject({
      name: `${simulation.value}-${index + 1}`,
      region: simulation.value,
      zone: `${simulation.value}-${ZONES[index % ZONES.length]}`,
      resources: { cpus, memoryGiB, pods: PODS },
      taints: [{ key: simulation.label, value: simulation.value, effect: "NoSchedule" }],
    }),
  );
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
  const answer = await run(["get", "nodes", `--selector=${ownSelector}`, "--output=json"]);
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
  const args = ["get", "nodes", `--selector=${ownSelector}`, readiness];
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
