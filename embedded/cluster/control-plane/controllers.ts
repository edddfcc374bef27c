import * as path from "node:path";
import { type ClusterContext, paths } from "../context.ts";
import { authorityFile, kubeconfig, serviceAccountKeys } from "../credentials.ts";
import { startDaemon } from "../process.ts";
import type { ControlPlanePrograms } from "./programs.ts";

/** Starts what makes pods of Deployments, Jobs and the like, and cleans up behind them. */
export async function startControllerManager(
  context: ClusterContext,
  programs: ControlPlanePrograms,
): Promise<void> {
  const name = "kube-controller-manager";
  await startDaemon(context, {
    name,
    program: programs[name],
    args: [
      ...(await asUser(context, name)),
      "--use-service-account-credentials=true",
      `--service-account-private-key-file=${(await serviceAccountKeys(context)).key}`,
      `--root-ca-file=${authorityFile(context, "cluster")}`,
      // Pods get their addresses from the node's own range.
      "--allocate-node-cidrs=false",
      // It makes the folder, by default among those of the machine.
      `--flex-volume-plugin-dir=${path.join(paths(context).folder, "volume-plugins")}`,
      // As large as managed clusters have it: the defaults (20, 30) hold back hundreds of Deployments.
      "--kube-api-qps=100",
      "--kube-api-burst=200",
    ],
  });
}

/** Starts what chooses the node of each pod. */
export async function startScheduler(context: ClusterContext, programs: ControlPlanePrograms): Promise<void> {
  const name = "kube-scheduler";
  await startDaemon(context, { name, program: programs[name], args: await asUser(context, name) });
}

/** The settings that both have in common: there is one of each, so that none has to be elected. */
async function asUser(context: ClusterContext, name: string): Promise<string[]> {
  const file = await kubeconfig(context, name, { user: `system:${name}` });
  return [
    `--kubeconfig=${file}`,
    `--authentication-kubeconfig=${file}`,
    `--authorization-kubeconfig=${file}`,
    `--client-ca-file=${authorityFile(context, "cluster")}`,
    "--bind-address=127.0.0.1",
    "--leader-elect=false",
    "--profiling=false",
  ];
}
