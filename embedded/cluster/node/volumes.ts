import { mkdir } from "node:fs/promises";
import type { ClusterContext } from "../context.ts";
import { kubeconfig } from "../credentials.ts";
import { startDaemon } from "../process.ts";
import { configurationFile } from "./configuration.ts";
import { nodeFolders, nodeName } from "./folders.ts";
import { permissions } from "./permissions.ts";
import type { NodePrograms } from "./programs.ts";

const name = "local-path-provisioner";
const user = "keelson:volumes";
const namespace = "local-path-storage";

/** The command of the node's own image that makes and removes the folder of a volume. */
const command = "/volume";

/** Starts what makes a folder of this node for each claim of the class `local-path`. */
export async function startVolumes(
  context: ClusterContext,
  programs: NodePrograms,
  helperImage: string,
): Promise<void> {
  const folders = nodeFolders(context);
  const write = (file: string, content: object) =>
    configurationFile(context, file, JSON.stringify(content, undefined, 2));
  await mkdir(folders.volumes, { recursive: true });
  const settings = await write("volumes.json", volumeConfiguration(folders.volumes));
  // It reads YAML, of which JSON is a part.
  const helper = await write("volume-pod.json", helperPod(helperImage));
  await startDaemon(context, {
    name,
    program: programs[name],
    args: [
      "start",
      `--config=${settings}`,
      `--helper-pod-file=${helper}`,
      `--helper-image=${helperImage}`,
      `--kubeconfig=${await kubeconfig(context, name, { user })}`,
      `--namespace=${namespace}`,
      "--service-account-name=default",
    ],
  });
}

/** Where volumes are: on this node, and on no simulated one. */
export function volumeConfiguration(folder: string) {
  return {
    nodePathMap: [{ node: nodeName, paths: [folder] }],
    setupCommand: command,
    teardownCommand: command,
  };
}

/** The pod that makes or removes a folder; the provisioner adds the rest. */
export function helperPod(image: string) {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "volume" },
    spec: {
      priorityClassName: "system-node-critical",
      automountServiceAccountToken: false,
      containers: [
        {
          name: "helper-pod",
          image,
          imagePullPolicy: "Never",
          // The folder of all volumes is root's.
          securityContext: { runAsUser: 0 },
        },
      ],
    },
  };
}

/** What the API server has to know of it. */
export const volumeObjects = [
  {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: namespace, labels: { "pod-security.kubernetes.io/enforce": "privileged" } },
  },
  {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    // As with the disks of clouds, kubelet then gives a volume to the group that a pod names.
    metadata: { name: "local-path", annotations: { defaultVolumeType: "local" } },
    provisioner: "rancher.io/local-path",
    volumeBindingMode: "WaitForFirstConsumer",
    reclaimPolicy: "Delete",
  },
  ...permissions(user, [
    {
      apiGroups: [""],
      resources: ["nodes", "persistentvolumeclaims", "configmaps"],
      verbs: ["get", "list", "watch"],
    },
    { apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch", "create", "delete"] },
    {
      apiGroups: [""],
      resources: ["persistentvolumes"],
      verbs: ["get", "list", "watch", "create", "patch", "update", "delete"],
    },
    { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
    { apiGroups: ["storage.k8s.io"], resources: ["storageclasses"], verbs: ["get", "list", "watch"] },
  ]),
];
