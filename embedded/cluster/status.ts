import { readdir } from "node:fs/promises";
import { existsSync } from "node:fs";
import { z } from "zod";
import { type ClusterContext, paths } from "./context.ts";
import { kubectl } from "./control-plane/kubectl.ts";
import { obtainControlPlanePrograms } from "./control-plane/programs.ts";
import { type ClusterOptions, contextOf } from "./options.ts";
import { isRunning } from "./process.ts";

/** How the cluster is. */
export interface ClusterStatus {
  /** Whether the API server answers and every daemon that was started runs. */
  readonly isUp: boolean;
  readonly kubeconfig: string;
  /** Each daemon that was started, and whether it runs. */
  readonly daemons: readonly { readonly name: string; readonly isRunning: boolean }[];
  readonly nodes: readonly NodeStatus[];
}

/** A node as the API server knows it. */
export interface NodeStatus {
  readonly name: string;
  readonly isReady: boolean;
  readonly isSimulated: boolean;
  readonly cpus: number;
  readonly memoryGiB: number;
}

/** Looks at the cluster of this machine. It need not run. */
export async function clusterStatus(options: ClusterOptions = {}): Promise<ClusterStatus> {
  const context = contextOf(options);
  const { kubeconfig, processes } = paths(context);
  const files = existsSync(processes) ? await readdir(processes) : [];
  const names = files.map((file) => file.replace(/\.json$/, "")).toSorted();
  const daemons = await Promise.all(
    names.map(async (name) => ({ name, isRunning: await isRunning(context, name) })),
  );
  const hasServer = daemons.some((daemon) => daemon.name === "kube-apiserver" && daemon.isRunning);
  const nodes = hasServer ? await nodesOf(context) : undefined;
  return {
    isUp: nodes !== undefined && daemons.every((daemon) => daemon.isRunning),
    kubeconfig,
    daemons,
    nodes: nodes ?? [],
  };
}

const answer = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()) }),
      status: z.object({
        capacity: z.object({ cpu: z.string(), memory: z.string() }),
        conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]),
      }),
    }),
  ),
});

/** Nothing, if the API server doesn't answer. */
async function nodesOf(context: ClusterContext): Promise<NodeStatus[] | undefined> {
  const programs = await obtainControlPlanePrograms(context);
  try {
    const text = await kubectl(context, programs, ["get", "nodes", "--output=json", "--request-timeout=5s"]);
    return nodeStatuses(text);
  } catch (error) {
    context.progress(String(error));
    return undefined;
  }
}

/** Reads what `kubectl get nodes --output=json` answers. */
export function nodeStatuses(text: string): NodeStatus[] {
  return answer.parse(JSON.parse(text)).items.map(({ metadata, status }) => ({
    name: metadata.name,
    isReady: status.conditions.some((condition) => condition.type === "Ready" && condition.status === "True"),
    isSimulated: metadata.labels["kwok.x-k8s.io/node"] !== undefined,
    cpus: Number(status.capacity.cpu),
    memoryGiB: gibibytes(status.capacity.memory),
  }));
}

/** GiB in each unit that nodes state their memory in: kubelet's own, and that of simulated nodes. */
const units: Readonly<Record<string, number>> = { Ki: 2 ** -20, Mi: 2 ** -10, Gi: 1 };

function gibibytes(quantity: string): number {
  const unit = units[quantity.slice(-2)];
  if (unit === undefined)
    throw new Error(`a node states its memory as "${quantity}", but not in Ki, Mi or Gi`);
  return Math.round(Number(quantity.slice(0, -2)) * unit * 10) / 10;
}
