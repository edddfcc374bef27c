import { glob, readlink, rm } from "node:fs/promises";
import { execa } from "execa";
import { z } from "zod";
import { type ClusterContext } from "../context.ts";
import { apply, kubectl } from "../control-plane/kubectl.ts";
import type { ControlPlanePrograms } from "../control-plane/programs.ts";
import { stopDaemon, until } from "../process.ts";
import { endCgroups, makeCgroups } from "./cgroups.ts";
import { startContainerd } from "./containerd.ts";
import { openFirewall } from "./firewall.ts";
import { nodeFolders, nodeName } from "./folders.ts";
import { prepareHost, restoreHost } from "./host.ts";
import { ingressObjects, startIngress } from "./ingress.ts";
import { startKubeProxy } from "./kube-proxy.ts";
import { startKubelet } from "./kubelet.ts";
import { forgetStoppedMetrics } from "./metrics.ts";
import { unmountIn } from "./mounts.ts";
import { nameServerObjects, startNameServer } from "./name-server.ts";
import { configurePodNetwork, podBridge } from "./pod-network.ts";
import { obtainNodePrograms } from "./programs.ts";
import { importSandboxImage, packSandboxImage } from "./sandbox-image.ts";
import { endShims } from "./shims.ts";
import { startVolumes, volumeObjects } from "./volumes.ts";

type Home = Pick<ClusterContext, "home">;

/**
 * Makes this machine a node of the cluster, or starts what of it doesn't run: containers, pods' network, services, names, volumes, ingress.
 * The control plane runs, and the custom resources are defined.
 *
 * @throws Error if a part can't be built, or ends, or the node does not become ready: with the end of the part's log
 */
export async function startNode(context: ClusterContext, kubernetes: ControlPlanePrograms): Promise<void> {
  const programs = await obtainNodePrograms(context);
  await prepareHost(context);
  await openFirewall();
  await makeCgroups();
  await configurePodNetwork(context);
  const sandbox = await packSandboxImage(programs);
  await startContainerd(context, programs, sandbox.reference);
  await importSandboxImage(context, programs, sandbox);
  await startKubelet(context, kubernetes);
  await startKubeProxy(context, kubernetes);
  const items = [...nameServerObjects, ...volumeObjects, ...ingressObjects];
  await apply(context, kubernetes, JSON.stringify({ apiVersion: "v1", kind: "List", items }));
  await forgetStoppedMetrics(context, kubernetes);
  await Promise.all([
    startNameServer(context, programs),
    startVolumes(context, programs, sandbox.reference),
    startIngress(context, programs),
    until(context, {
      what: "the node is ready",
      daemon: "kubelet",
      seconds: 60,
      isMet: async () => (await readiness(context, kubernetes)) === "True",
    }),
  ]);
}

async function readiness(context: Home, kubernetes: ControlPlanePrograms): Promise<string> {
  const path = '--output=jsonpath={.status.conditions[?(@.type=="Ready")].status}';
  return kubectl(context, kubernetes, ["get", "node", nodeName, path]);
}

/** In the order in which they are stopped: what would start something anew is first. */
const daemons = [
  "metrics-server",
  "traefik",
  "local-path-provisioner",
  "coredns",
  "kube-proxy",
  "kubelet",
  "containerd",
];

/**
 * Stops the node and every pod on it, at once, and removes all that it left on this machine: processes, mounts, networks, firewall rules,
 * control groups, volumes with their data. What a node left that was killed is removed as well.
 */
export async function stopNode(context: Home): Promise<void> {
  const { folder, runtime, podLogs } = nodeFolders(context);
  for (const daemon of daemons) await stopDaemon(context, daemon);
  await endCgroups();
  await endShims(context);
  await unmountIn([folder, runtime]);
  await removePodNetwork();
  await restoreHost(context);
  await removeLogLinks(podLogs);
  await rm(runtime, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
}

const links = z.array(z.object({ ifname: z.string() }));

/** Removes the bridge and each pod's end of a cable to it, with which the end inside of the pod goes as well. */
async function removePodNetwork(): Promise<void> {
  const { stdout, failed } = await execa("ip", ["-json", "link", "show", "master", podBridge], {
    reject: false,
  });
  // There is no bridge.
  if (failed) return;
  const cables = links.parse(JSON.parse(stdout || "[]")).map(({ ifname }) => ifname);
  for (const name of [...cables, podBridge]) {
    const deleted = await execa("ip", ["link", "delete", name], { reject: false });
    // The kernel clears away the networks of pods that ended at the same time.
    if (deleted.failed && !deleted.stderr.includes("Cannot find device")) throw deleted;
  }
}

/** kubelet links logs from a fixed folder, wherever they are. */
async function removeLogLinks(podLogs: string): Promise<void> {
  for await (const link of glob("/var/log/containers/*.log")) {
    if ((await readlink(link)).startsWith(`${podLogs}/`)) await rm(link);
  }
}
