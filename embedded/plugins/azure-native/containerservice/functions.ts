import { stringify } from "yaml";
import { providerFunction, type Context } from "../../provider/resource.ts";
import type { Stored } from "../../cloud/store.ts";
import type { Values } from "../../provider/value.ts";
import type { Azure } from "../azure.ts";
import { storedAt } from "../native/identity.ts";
import { output, requiredText, text } from "../native/properties.ts";
import { clusterProperties } from "./cluster-properties.ts";

const place = { resourceGroupName: requiredText, resourceName: requiredText } as const;

/** Looks a cluster up. */
export const getManagedCluster = providerFunction({
  inputs: place,
  outputs: { id: output, name: output, type: output, azureApiVersion: output, ...clusterProperties },
  async call(args, context: Context<Azure>): Promise<Values> {
    return clusterAt(args, context.configuration).outputs;
  },
});

/** The API server of every AKS cluster, as Entra ID knows it: https://azure.github.io/kubelogin/concepts/aks.html */
const serverId = "6dae42f8-4368-4678-94ff-3960e28e3630";

/**
 * The kubeconfig of a cluster, as `az aks get-credentials` writes it, with the address of the local control plane; its user asks kubelogin for
 * a token by a device code, which only people can give.
 */
export const listManagedClusterUserCredentials = providerFunction({
  inputs: { ...place, format: text, serverFqdn: text },
  outputs: {
    kubeconfigs: {
      type: { list: { object: { name: output, value: { ...output, secret: true } } } },
      output: true,
    },
  },
  async call(args, { configuration }: Context<Azure>) {
    clusterAt(args, configuration);
    const { endpoint, certificateAuthority } = await configuration.localCluster.connection();
    const name = args.resourceName;
    const user = `clusterUser_${args.resourceGroupName}_${name}`;
    const content = stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name, cluster: { server: endpoint, "certificate-authority-data": certificateAuthority } }],
      contexts: [{ name, context: { cluster: name, user } }],
      "current-context": name,
      users: [{ name: user, user: { exec: tokenCommand(configuration) } }],
    });
    return { kubeconfigs: [{ name: "clusterUser", value: Buffer.from(content).toString("base64") }] };
  },
});

function tokenCommand({ tenantId }: Azure) {
  return {
    apiVersion: "client.authentication.k8s.io/v1beta1",
    command: "kubelogin",
    args: [
      "get-token",
      "--environment",
      "AzurePublicCloud",
      "--server-id",
      serverId,
      "--tenant-id",
      tenantId,
      "--login",
      "devicecode",
    ],
  };
}

/** @throws Error if there is none */
function clusterAt(
  { resourceGroupName, resourceName }: { readonly resourceGroupName: string; readonly resourceName: string },
  azure: Azure,
): Stored {
  const group = `/subscriptions/${azure.subscriptionId}/resourceGroups/${resourceGroupName}`;
  const id = `${group}/providers/Microsoft.ContainerService/managedClusters/${resourceName}`;
  const found = storedAt(id, azure.store);
  if (found) return found;
  throw new Error(
    `ResourceNotFound: the resource 'Microsoft.ContainerService/managedClusters/${resourceName}' under resource group '${resourceGroupName}' was not found`,
  );
}
