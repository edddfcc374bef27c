import { stringify } from "yaml";
import { addresses, type ClusterContext } from "../context.ts";
import type { ControlPlanePrograms } from "../control-plane/programs.ts";
import { kubeconfig } from "../credentials.ts";
import { startDaemon } from "../process.ts";
import { configurationFile } from "./configuration.ts";
import { nodeName } from "./folders.ts";

/** Starts what leads connections to a service's address to its pods. */
export async function startKubeProxy(context: ClusterContext, programs: ControlPlanePrograms): Promise<void> {
  const name = "kube-proxy";
  const user = await kubeconfig(context, name, { user: `system:${name}` });
  const content = stringify(kubeProxyConfiguration(user));
  const file = await configurationFile(context, `${name}.yaml`, content);
  await startDaemon(context, { name, program: programs[name], args: [`--config=${file}`] });
}

/** kube-proxy's configuration, for the user of a kubeconfig. */
export function kubeProxyConfiguration(userFile: string) {
  return {
    apiVersion: "kubeproxy.config.k8s.io/v1alpha1",
    kind: "KubeProxyConfiguration",
    clientConnection: { kubeconfig: userFile },
    bindAddress: addresses.host,
    hostnameOverride: nodeName,
    clusterCIDR: addresses.podRange,
    mode: "iptables",
    // Connections to loopback would need a changed setting of the machine's network.
    iptables: { localhostNodePorts: false },
    nodePortAddresses: [`${addresses.host}/32`],
    healthzBindAddress: "127.0.0.1:10256",
    metricsBindAddress: "127.0.0.1:10249",
    // Zero leaves the machine's own limits of connections alone.
    conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: "0s", tcpCloseWaitTimeout: "0s" },
  };
}
