import * as path from "node:path";
import { type ClusterContext, paths } from "../context.ts";

/** The node's name in the cluster. */
export const nodeName = "keelson";

/** Sockets and what is void after a restart of the machine. A fixed place, since a socket's path has no room for long names. */
const runtime = "/run/keelson";

/** The files and folders of the node. */
export function nodeFolders(context: Pick<ClusterContext, "home">) {
  const folder = path.join(paths(context).folder, "node");
  return {
    /** All that the node keeps, volumes included; removed when it is stopped. */
    folder,
    runtime,
    /** How the machine was before the node was started. */
    before: path.join(folder, "before.json"),
    configuration: path.join(folder, "configuration"),
    /** Images and the file systems of containers. */
    containers: path.join(folder, "containers"),
    containerdSocket: path.join(runtime, "containerd.sock"),
    /** What containerd, its shims and runc know of running containers. */
    running: path.join(runtime, "containerd"),
    runc: path.join(runtime, "runc"),
    /** What kubelet mounts into pods. */
    kubelet: path.join(folder, "kubelet"),
    podLogs: path.join(folder, "pod-logs"),
    networkPlugins: path.join(folder, "configuration", "cni"),
    /** Which pod has which address. */
    podAddresses: path.join(folder, "pod-addresses"),
    /** The data of persistent volumes. */
    volumes: path.join(folder, "volumes"),
  };
}
