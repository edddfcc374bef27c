import { azureOf, type Azure } from "../../../../embedded/plugins/azure-native/azure.ts";
import { azureNative } from "../../../../embedded/plugins/azure-native/provider.ts";
import { CloudStore } from "../../../../embedded/plugins/cloud/store.ts";
import type { Values } from "../../../../embedded/plugins/provider/value.ts";
import { ImaginedStack, RecordingCluster, type Made } from "../../../support/imagined-cloud.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

/** An Azure of the running test's own, and the steps that the engine takes in it. */
export function imaginedAzure(settings: Values = { location: "eastus2" }) {
  const localCluster = new RecordingCluster();
  const store = new CloudStore("azure-native", temporaryFolder());
  const azure: Azure = azureOf(settings, { store, localCluster });
  const stack = new ImaginedStack(azureNative, azure);
  return {
    azure,
    store,
    localCluster,
    stack,
    /** Makes a resource, by the part of its type after the plugin's name: "network:Subnet". */
    make: (type: string, name: string, inputs: Values = {}): Promise<Made> =>
      stack.create(`azure-native:${type}`, name, inputs),
    /** What is said of inputs before anything is made. */
    failures: (type: string, inputs: Values) => stack.failures(`azure-native:${type}`, inputs),
  };
}

export type ImaginedAzure = ReturnType<typeof imaginedAzure>;

export const here = { resourceGroupName: "rg" };

/** A group named "rg". */
export function group({ make }: ImaginedAzure): Promise<Made> {
  return make("resources:ResourceGroup", "rg", here);
}

/** A virtual network named "vnet" in that group, with a subnet for nodes and one for the API server. */
export async function network(azure: ImaginedAzure) {
  await group(azure);
  const { make } = azure;
  const vnet = await make("network:VirtualNetwork", "vnet", {
    ...here,
    virtualNetworkName: "vnet",
    addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
  });
  const address = await make("network:PublicIPAddress", "ip", {
    ...here,
    sku: { name: "Standard" },
    publicIPAllocationMethod: "Static",
  });
  const gateway = await make("network:NatGateway", "nat", {
    ...here,
    sku: { name: "Standard" },
    publicIpAddresses: [{ id: address.id }],
  });
  const inside = { ...here, virtualNetworkName: "vnet" };
  const nodes = await make("network:Subnet", "nodes", {
    ...inside,
    addressPrefix: "10.0.0.0/20",
    natGateway: { id: gateway.id },
  });
  return { vnet, address, gateway, nodes, inside };
}
