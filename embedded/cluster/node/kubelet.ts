import { mkdir } from "node:fs/promises";
import * as path from "node:path";
import { stringify } from "yaml";
import { addresses, type ClusterContext } from "../context.ts";
import type { ControlPlanePrograms } from "../control-plane/programs.ts";
import { type CertificateFiles, certificateFiles, kubeconfig } from "../credentials.ts";
import { startDaemon } from "../process.ts";
import { cgroup } from "./cgroups.ts";
import { configurationFile } from "./configuration.ts";
import { nodeFolders, nodeName } from "./folders.ts";

/** Starts what runs the pods that are scheduled to this node. */
export async function startKubelet(context: ClusterContext, programs: ControlPlanePrograms): Promise<void> {
  const folders = nodeFolders(context);
  const user = { user: `system:node:${nodeName}`, group: "system:nodes" };
  const serving = await certificateFiles(context, "kubelet", "cluster", {
    ...user,
    hosts: [nodeName, addresses.host],
  });
  await mkdir(folders.podLogs, { recursive: true });
  const content = stringify(kubeletConfiguration(folders, serving));
  const file = await configurationFile(context, "kubelet.yaml", content);
  await startDaemon(context, {
    name: "kubelet",
    program: programs.kubelet,
    args: [
      `--config=${file}`,
      `--kubeconfig=${await kubeconfig(context, "kubelet-user", user)}`,
      `--hostname-override=${nodeName}`,
      `--node-ip=${addresses.host}`,
      `--root-dir=${folders.kubelet}`,
    ],
  });
}

/** kubelet's configuration; durations and sizes are in Kubernetes' notation. */
export function kubeletConfiguration(
  folders: Pick<ReturnType<typeof nodeFolders>, "containerdSocket" | "kubelet" | "podLogs">,
  serving: CertificateFiles,
) {
  return {
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    address: addresses.host,
    authentication: { anonymous: { enabled: false }, x509: { clientCAFile: serving.authority } },
    authorization: { mode: "Webhook" },
    tlsCertFile: serving.certificate,
    tlsPrivateKeyFile: serving.key,
    containerRuntimeEndpoint: `unix://${folders.containerdSocket}`,
    podLogsDir: folders.podLogs,
    volumePluginDir: path.join(folders.kubelet, "volume-plugins"),
    cgroupDriver: "cgroupfs",
    cgroupRoot: `/${cgroup}`,
    failCgroupV1: false,
    failSwapOn: false,
    clusterDNS: [addresses.nameServer],
    clusterDomain: addresses.domain,
    // Pods ask the cluster's name server, with none of this machine's search domains.
    resolvConf: "",
    serializeImagePulls: false,
    // Images come from this machine's Docker: one that was removed to make room would be missing.
    imageGCHighThresholdPercent: 100,
    // The defaults keep 10 to 15 % of the disk free, which on a developer's machine would end pods for what others fill.
    evictionHard: { "memory.available": "100Mi", "nodefs.available": "1%", "nodefs.inodesFree": "1%" },
  };
}
