import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { poolLabels } from "../pools.ts";
import { TAINTS } from "./node-pools.ts";

const IMAGE = "nvcr.io/nvidia/k8s-device-plugin:v0.18.0";
const SOCKETS = "/var/lib/kubelet/device-plugins";

/**
 * Has the nodes with graphics processors tell Kubernetes of them: AKS brings NVIDIA's driver, and no device plugin.
 * https://learn.microsoft.com/azure/aks/use-nvidia-gpu#nvidia-device-plugin-installation
 */
export function makeDevicePlugin(cluster: string, options: pulumi.CustomResourceOptions): void {
  const name = `${cluster}-gpu`;
  const namespace = new k8s.core.v1.Namespace(name, { metadata: { name: "gpu-resources" } }, options);
  const labels = { "app.kubernetes.io/name": "nvidia-device-plugin" };
  new k8s.apps.v1.DaemonSet(
    name,
    {
      metadata: { name: "nvidia-device-plugin", namespace: namespace.metadata.name, labels },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: pod(cluster) },
      },
    },
    options,
  );
}

function pod(cluster: string): k8s.types.input.core.v1.PodSpec {
  return {
    automountServiceAccountToken: false,
    priorityClassName: "system-node-critical",
    nodeSelector: poolLabels(cluster, "gpu"),
    tolerations: Object.entries(TAINTS.gpu).map(([key, value]) => ({ key, value, effect: "NoSchedule" })),
    containers: [
      {
        name: "device-plugin",
        image: IMAGE,
        // It waits where a driver is still being installed.
        env: [{ name: "FAIL_ON_INIT_ERROR", value: "false" }],
        resources: { requests: { cpu: "20m", memory: "64Mi" }, limits: { cpu: "200m", memory: "128Mi" } },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
        volumeMounts: [{ name: "sockets", mountPath: SOCKETS }],
      },
    ],
    volumes: [{ name: "sockets", hostPath: { path: SOCKETS } }],
  };
}
