import { KubeConfig } from "@kubernetes/client-node";
import { z } from "zod";
import type { Engine } from "../../engine.ts";
import { Mendable } from "../../mendable.ts";
import { type Connection, connectCluster } from "../kubernetes/connect.ts";

const schema = z.object({ cluster: z.object({ kubeconfig: z.string() }).optional() });

/**
 * Connects to the cluster that a stack made, if it has one by now.
 *
 * @throws Mendable when it does not answer
 */
export async function clusterOf(engine: Engine): Promise<Connection | undefined> {
  const outputs = await engine.read(["stack", "output", "--json", "--show-secrets"]);
  const { success, data } = schema.safeParse(JSON.parse(outputs));
  if (!success)
    throw new Mendable(
      "the stack's output cluster is not what it should be",
      "export { kubeconfig } of the cluster from its program",
    );
  if (!data.cluster) return undefined;
  const config = new KubeConfig();
  config.loadFromString(data.cluster.kubeconfig);
  useCommandsOf(engine, config);
  return connectCluster({ config, source: "the kubeconfig of the stack's cluster" });
}

/** The cloud's program that a kubeconfig asks for credentials is found where the engine finds it. */
function useCommandsOf({ environment }: Engine, config: KubeConfig): void {
  for (const { exec } of config.getUsers() as { exec?: { env?: { name: string; value: string }[] } }[])
    if (exec && environment["PATH"])
      exec.env = [...(exec.env ?? []), { name: "PATH", value: environment["PATH"] }];
}
