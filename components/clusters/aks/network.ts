import * as network from "@pulumi/azure-native/network/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { ExistingNetwork } from "./aks-args.ts";
import type { AksContext } from "./context.ts";

/** Where nodes and the API server are, and how nodes reach the internet. */
export interface AksNetwork {
  readonly nodes: pulumi.Output<string>;
  readonly apiServer: pulumi.Output<string>;
  readonly outbound: NonNullable<ExistingNetwork["outbound"]>;
  /** Id of the virtual network, if it was made. */
  readonly id?: pulumi.Output<string>;
}

const VIRTUAL_NETWORK = "10.0.0.0/16";
/** Pods have addresses of their own, so 4091 nodes fit. */
const NODES = "10.0.0.0/20";
/** Nine addresses are needed, and more for upgrades: https://learn.microsoft.com/azure/aks/api-server-vnet-integration */
const API_SERVER = "10.0.16.0/28";

/** Makes the virtual network, with a subnet for nodes that reach the internet by one address, and one for the API server. */
export function makeNetwork(context: AksContext): AksNetwork {
  const { name, resourceGroup, tags, options, lasting } = context;
  const virtualNetwork = new network.VirtualNetwork(
    name,
    {
      virtualNetworkName: name,
      resourceGroupName: resourceGroup,
      addressSpace: { addressPrefixes: [VIRTUAL_NETWORK] },
      tags,
    },
    lasting,
  );
  const common = { resourceGroupName: resourceGroup, virtualNetworkName: virtualNetwork.name };
  const nodes = new network.Subnet(
    `${name}-nodes`,
    {
      ...common,
      subnetName: "nodes",
      addressPrefix: NODES,
      defaultOutboundAccess: false,
      natGateway: { id: natGateway(context).id },
      networkSecurityGroup: { id: securityGroup(context).id },
      serviceEndpoints: [{ service: "Microsoft.Storage" }],
    },
    options,
  );
  const apiServer = new network.Subnet(
    `${name}-api-server`,
    {
      ...common,
      subnetName: "api-server",
      addressPrefix: API_SERVER,
      delegations: [{ name: "aks", serviceName: "Microsoft.ContainerService/managedClusters" }],
    },
    // A virtual network takes one change at a time.
    { ...options, dependsOn: [nodes] },
  );
  return {
    nodes: nodes.id,
    apiServer: apiServer.id,
    outbound: "userAssignedNATGateway",
    id: virtualNetwork.id,
  };
}

function natGateway({ name, resourceGroup, tags, options }: AksContext): network.NatGateway {
  const address = new network.PublicIPAddress(
    `${name}-outbound`,
    {
      resourceGroupName: resourceGroup,
      sku: { name: "Standard" },
      publicIPAllocationMethod: "Static",
      tags,
    },
    options,
  );
  return new network.NatGateway(
    `${name}-outbound`,
    {
      resourceGroupName: resourceGroup,
      sku: { name: "Standard" },
      publicIpAddresses: [{ id: address.id }],
      tags,
    },
    options,
  );
}

/**
 * Lets the internet reach the entry's ports alone. The load balancer keeps its own address as the destination, so the rule
 * can't name the nodes': https://learn.microsoft.com/azure/load-balancer/load-balancer-floating-ip
 */
function securityGroup({ name, resourceGroup, tags, options }: AksContext): network.NetworkSecurityGroup {
  const entry = {
    name: "entry",
    priority: 100,
    direction: "Inbound",
    access: "Allow",
    protocol: "Tcp",
    sourceAddressPrefix: "Internet",
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
    destinationPortRanges: ["80", "443"],
  };
  return new network.NetworkSecurityGroup(
    `${name}-nodes`,
    { resourceGroupName: resourceGroup, securityRules: [entry], tags },
    options,
  );
}
