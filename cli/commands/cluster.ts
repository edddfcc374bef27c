import { Command } from "commander";
import { clusterDown, clusterLoad, clusterStatus, clusterUp } from "./cluster-actions.ts";
import { simulatedNodes } from "./cluster-nodes.ts";

/** The command `keelson cluster`, with its own commands. Every action answers the exit status. */
export function cluster(end: (status: number) => void): Command {
  const command = new Command("cluster").description(
    "start and stop a Kubernetes cluster on this machine, for development and tests",
  );
  command
    .command("up")
    .description("start the cluster, or what of it does not run; the first time it is built from source")
    .option(
      "--simulated <nodes...>",
      "simulated nodes as COUNTxCPUSxGIB, as 3x4x16: pods are scheduled there and do not run",
      simulatedNodes,
    )
    .option("--no-node", "without a node on which pods really run")
    .action(async (options) => end(await clusterUp(options)));
  command
    .command("down")
    .description("end the cluster and remove all that it left on this machine, its volumes included")
    .action(async () => end(await clusterDown()));
  command
    .command("status")
    .description("show whether the cluster runs, its daemons and its nodes")
    .option("--json", "answer as JSON")
    .action(async (options) => end(await clusterStatus(options)));
  command
    .command("load")
    .description("make images of this machine's Docker known to the cluster's node")
    .argument("<images...>", "references, as reference-app:latest")
    .action(async (images) => end(await clusterLoad(images)));
  return command;
}
