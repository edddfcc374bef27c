import type { StandIn } from "../stand-in.ts";

/** Azure's plugin, which is not told the cluster: https://azure.github.io/kubelogin/cli/get-token.html */
export const kubelogin: StandIn = {
  command: "kubelogin",
  cloud: "azure-native",
  clusterType: "Microsoft.ContainerService.managedClusters",
  usage: "kubelogin get-token --login azurecli --server-id ID",
  isAsked: ([operation], clusters) => operation === "get-token" && clusters.length > 0,
};
