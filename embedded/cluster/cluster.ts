import { existsSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import * as path from "node:path";
import { withLock } from "../go/lock.ts";
import { makeBridge, removeBridge } from "./bridge.ts";
import { addresses, type ClusterContext, paths } from "./context.ts";
import { type Definitions, obtainDefinitions } from "./control-plane/definitions.ts";
import { defineResources, startControlPlane, stopControlPlane } from "./control-plane/index.ts";
import {
  type ControlPlanePrograms,
  kubernetesVersion,
  obtainControlPlanePrograms,
} from "./control-plane/programs.ts";
import { simulateNodes, type SimulatedNodes } from "./control-plane/simulated-nodes.ts";
import { loadImages as loadIntoNode, obtainNodePrograms, startNode, stopNode } from "./node/index.ts";
import { checkMachine } from "./machine.ts";
import { type ClusterOptions, contextOf } from "./options.ts";

/** What the cluster is made of beside its control plane. */
export interface ClusterNodes {
  /** The simulated nodes. @defaultValue those that there are */
  readonly simulated?: readonly SimulatedNodes[];
  /** Whether this machine is a node, on which pods really run. @defaultValue true */
  readonly node?: boolean;
}

/** One of several things to do, one after the other. */
export interface ClusterStep {
  readonly title: string;
  /** Does it, and answers what came of it in a few words. */
  readonly run: (progress: (line: string) => void) => Promise<string>;
}

/**
 * Starts the cluster of this machine, or what of it doesn't run: a control plane of Kubernetes' own programs, and nodes. The first time, they
 * are built: some twenty minutes, and several GB of disk until it is done.
 *
 * @throws Error if the machine can't have one, a program can't be built, or a daemon ends: with the end of its log
 */
export async function startCluster(options: ClusterOptions & ClusterNodes = {}): Promise<void> {
  await withCluster(options, async () => {
    for (const { run } of startSteps(options)) await run(contextOf(options).progress);
  });
}

/** Ends the cluster and removes all that it left on the machine, except for the built programs. */
export async function stopCluster(options: ClusterOptions = {}): Promise<void> {
  await withCluster(options, async () => {
    const context = contextOf(options);
    const { folder, programs, caches } = paths(context);
    if (!existsSync(folder)) return;
    await stopNode(context);
    await stopControlPlane(context);
    await removeBridge(context);
    const kept = new Set([programs, caches, `${caches}.lock`]);
    for (const name of await readdir(folder)) {
      const file = path.join(folder, name);
      if (!kept.has(file)) await rm(file, { recursive: true });
    }
  });
}

/** Makes images of this machine's Docker known to the real node. */
export async function loadImages(references: readonly string[], options: ClusterOptions = {}): Promise<void> {
  await withCluster(options, () => loadIntoNode(contextOf(options), references));
}

/** Does something with the cluster while no other process does. */
export async function withCluster<Result>(
  options: ClusterOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  const { home, progress } = contextOf(options);
  await mkdir(home, { recursive: true });
  return withLock(path.join(home, "cluster.lock"), work, (holder) =>
    progress(`process ${holder} is at work on the cluster: waiting for it`),
  );
}

/** What `startCluster` does, for those who show it step by step; within `withCluster`. */
export function startSteps({
  simulated,
  node = true,
  ...options
}: ClusterOptions & ClusterNodes): ClusterStep[] {
  // What the first step finds, for the ones after it.
  let programs: ControlPlanePrograms;
  let definitions: Definitions;
  const step = (title: string, work: (context: ClusterContext) => Promise<string>): ClusterStep => ({
    title,
    run: (progress) => work({ ...contextOf(options), progress }),
  });
  return [
    step("programs", async (context) => {
      checkMachine(node);
      programs = await obtainControlPlanePrograms(context);
      definitions = await obtainDefinitions(context);
      if (node) await obtainNodePrograms(context);
      await removeCaches(context);
      return `Kubernetes ${kubernetesVersion()}`;
    }),
    step("control plane", async (context) => {
      await makeBridge(context);
      await startControlPlane(context, programs, definitions);
      return addresses.apiServer;
    }),
    step("custom resources", async (context) => {
      await defineResources(context, programs, definitions);
      return "defined";
    }),
    ...(simulated
      ? [
          step("simulated nodes", async (context) => {
            await simulateNodes(context, programs, simulated);
            return simulated.map(({ count, cpus, memoryGiB }) => `${count}x${cpus}x${memoryGiB}`).join(" ");
          }),
        ]
      : []),
    ...(node
      ? [
          step("node", async (context) => {
            await startNode(context, programs);
            return "ready";
          }),
        ]
      : []),
  ];
}

/** Not while another process builds, which waits for the cluster no longer than for the programs. */
async function removeCaches(context: ClusterContext): Promise<void> {
  const { caches } = paths(context);
  if (!existsSync(caches)) return;
  await withLock(
    `${caches}.lock`,
    () => rm(caches, { recursive: true }),
    () => undefined,
  );
}
