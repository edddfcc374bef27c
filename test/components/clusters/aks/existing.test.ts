import { describe, expect, it } from "vitest";
import { clusterOf, holders, ofType, only, valueOf } from "../../../support/azure-cloud.ts";

const subnet = (name: string) =>
  `/subscriptions/s/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/shared/subnets/${name}`;

describe("a cluster on AKS with something that is there already", () => {
  it("uses a network, which only its control plane is let into", async () => {
    const existing = {
      nodes: subnet("nodes"),
      apiServer: subnet("api"),
      outbound: "userDefinedRouting",
    } as const;
    const { all } = await clusterOf({ existing });
    expect(all.filter(({ type }) => type.startsWith("azure-native:network:"))).toEqual([]);
    const { inputs } = only(all, "containerservice:ManagedCluster");
    expect(inputs["agentPoolProfiles"][0]["vnetSubnetID"]).toBe(subnet("nodes"));
    expect(inputs["apiServerAccessProfile"]["subnetId"]).toBe(subnet("api"));
    expect(inputs["networkProfile"]["outboundType"]).toBe("userDefinedRouting");
    const scopes = holders(all, "networkContributor").map(({ inputs: role }) => role["scope"]);
    expect(new Set(scopes)).toEqual(new Set([subnet("api"), subnet("nodes")]));
  });

  it("makes its pools, backups and add-ons in a cluster, and no cluster", async () => {
    const { aks, all } = await clusterOf({ existing: { cluster: "shared", resourceGroup: "others" } });
    expect(ofType(all, "containerservice:ManagedCluster")).toEqual([]);
    expect(only(all, "containerservice:AgentPool").inputs).toMatchObject({
      agentPoolName: "general",
      mode: "User",
      resourceName: "shared",
      resourceGroupName: "others",
      vnetSubnetID: "subnet-of-others",
      nodeLabels: { "keelson.pool": "prod-general" },
    });
    expect(JSON.parse(await valueOf(aks.kubeconfig))["current-context"]).toBe("shared");
    const { issuer } = only(all, "managedidentity:FederatedIdentityCredential").inputs;
    expect(issuer).toBe("https://eastus2.oic.prod-aks.azure.com/tenant/issuer/");
    expect(only(all, "storage:StorageAccount").inputs).not.toHaveProperty("networkRuleSet");
  });
});
