import { parse } from "yaml";
import { describe, expect, it } from "vitest";
import type { Values } from "../../../../embedded/plugins/provider/value.ts";
import { text } from "../../../support/recordings.ts";
import { here, imaginedAzure, network, type ImaginedAzure } from "./stack.ts";

const pool = { mode: "System", vmSize: "Standard_D4s_v5", count: 1 };
const scaled = { ...pool, enableAutoScaling: true, minCount: 1, maxCount: 3 };
const least = {
  ...here,
  resourceName: "aks",
  dnsPrefix: "aks",
  kubernetesVersion: "1.35",
  identity: { type: "SystemAssigned" },
  agentPoolProfiles: [{ name: "general", ...scaled }],
};
const networkRole = "4d97b98b-1d4f-4787-a291-c67834d212e7";
const definitions =
  "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions";

async function cluster(more: Values = {}) {
  const azure = imaginedAzure();
  const made = await network(azure);
  return {
    ...azure,
    ...made,
    cluster: await azure.make("containerservice:ManagedCluster", "aks", { ...least, ...more }),
  };
}

/** Inputs of a cluster of an identity that is there before it, whose nodes are in the network. */
async function inNetwork(azure: ImaginedAzure, role?: string) {
  const { nodes } = await network(azure);
  const identity = await azure.make("managedidentity:UserAssignedIdentity", "who", here);
  if (role !== undefined)
    await azure.make("authorization:RoleAssignment", "role", {
      scope: nodes.id,
      principalId: text(identity.outputs["principalId"]),
      principalType: "ServicePrincipal",
      roleDefinitionId: `${definitions}/${role}`,
    });
  return {
    ...least,
    identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
    agentPoolProfiles: [{ name: "general", ...scaled, vnetSubnetID: nodes.id }],
  };
}

describe("a cluster", () => {
  it("has the nodes that its pool may have at most, in the local cluster, and AKS' own storage classes", async () => {
    const zones = ["1", "2"];
    const labels = { "keelson.pool": "aks-general" };
    const general = {
      name: "general",
      ...scaled,
      availabilityZones: zones,
      nodeLabels: labels,
      maxPods: 110,
    };
    const { localCluster } = await cluster({ agentPoolProfiles: [general] });
    expect(localCluster.pools.get("aks/general")).toMatchObject({
      count: 3,
      machine: "Standard_D4s_v5",
      region: "eastus2",
      zones: ["eastus2-1", "eastus2-2"],
      labels: { ...labels, "kubernetes.azure.com/mode": "system" },
    });
    expect(localCluster.storageClasses.get("managed-csi")).toMatchObject({
      provisioner: "disk.csi.azure.com",
      isDefault: true,
    });
  });

  it("answers what programs ask of it: its issuer, what its nodes act as, and the group that they are in", async () => {
    const { cluster: made, store } = await cluster({
      oidcIssuerProfile: { enabled: true },
      nodeResourceGroup: "aks-nodes",
    });
    expect(made.outputs).toMatchObject({
      nodeResourceGroup: "aks-nodes",
      currentKubernetesVersion: "1.35",
      provisioningState: "Succeeded",
      identity: { type: "SystemAssigned", principalId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      identityProfile: { kubeletidentity: { objectId: expect.stringMatching(/^[0-9a-f-]{36}$/) } },
    });
    expect(made.outputs["oidcIssuerProfile"]).toMatchObject({
      issuerURL: expect.stringMatching(/^https:\/\/eastus2\.oic\.prod-aks\.azure\.com\//),
    });
    const groups = store
      .all("Microsoft.Resources.resourceGroups")
      .map(({ outputs }) => text(outputs["name"]));
    expect(groups.toSorted()).toEqual(["aks-nodes", "rg"]);
  });

  it("takes with it its nodes, its pools, its storage classes and its group", async () => {
    const { stack, make, cluster: made, localCluster, store } = await cluster();
    const inside = { ...here, resourceName: "aks" };
    const more = await make("containerservice:AgentPool", "more", { ...inside, vmSize: "Standard_E8s_v5" });
    await stack.delete(made);
    expect(await stack.refresh(more)).toBeUndefined();
    expect([localCluster.pools.size, localCluster.storageClasses.size]).toEqual([0, 0]);
    expect(store.all("Microsoft.Resources.resourceGroups")).toHaveLength(1);
  });

  it("[G18] gives a kubeconfig of the local control plane that holds nobody's credentials", async () => {
    const { stack } = await cluster();
    const token = "azure-native:containerservice:listManagedClusterUserCredentials";
    const found = await stack.invoke(token, { ...here, resourceName: "aks" });
    const [{ value }] = found["kubeconfigs"] as unknown as [{ value: string }];
    const config = parse(Buffer.from(value, "base64").toString());
    expect(config.clusters[0].cluster.server).toBe("https://10.90.0.1:6443");
    expect(Object.keys(config.users[0].user)).toEqual(["exec"]);
    await expect(stack.invoke(token, { ...here, resourceName: "other" })).rejects.toThrow(
      /^ResourceNotFound: /,
    );
  });

  it("is looked up by its name", async () => {
    const { stack, cluster: made } = await cluster();
    const token = "azure-native:containerservice:getManagedCluster";
    expect(await stack.invoke(token, { ...here, resourceName: "aks" })).toMatchObject({
      id: made.id,
      agentPoolProfiles: [{ name: "general", vmSize: "Standard_D4s_v5" }],
    });
  });

  it.each([
    [
      "no pool for the system",
      { agentPoolProfiles: [{ name: "general", ...scaled, mode: "User" }] },
      /at least one pool of the mode System/,
    ],
    [
      "a machine that is none",
      { agentPoolProfiles: [{ name: "general", ...pool, vmSize: "Standard_X1" }] },
      /the VM size Standard_X1 is not among/,
    ],
    [
      "bounds without a scaler",
      { agentPoolProfiles: [{ name: "general", ...pool, maxCount: 3 }] },
      /only where 'enableAutoScaling' is true/,
    ],
    [
      "a count out of its bounds",
      { agentPoolProfiles: [{ name: "general", ...scaled, count: 9 }] },
      /'count' must be from 'minCount' to 'maxCount'/,
    ],
    [
      "a name of a pool with a hyphen",
      { agentPoolProfiles: [{ name: "my-pool", ...pool }] },
      /'my-pool' is not a name that is allowed/,
    ],
    [
      "pods and Services at the same addresses",
      { networkProfile: { podCidr: "10.1.0.0/16", serviceCidr: "10.1.8.0/24" } },
      /'podCidr' and 'serviceCidr' overlap/,
    ],
    [
      "a DNS server outside",
      { networkProfile: { serviceCidr: "10.1.0.0/16", dnsServiceIP: "10.2.0.10" } },
      /'dnsServiceIP' must be inside/,
    ],
    [
      "Cilium's policies without Cilium",
      { networkProfile: { networkPlugin: "azure", networkPolicy: "cilium" } },
      /needs 'networkDataplane' cilium/,
    ],
    [
      "a range that is none",
      { apiServerAccessProfile: { authorizedIPRanges: ["203.0.113.1/24"] } },
      /is not the beginning of its range/,
    ],
    [
      "ranges of a private cluster",
      { apiServerAccessProfile: { authorizedIPRanges: ["203.0.113.0/24"], enablePrivateCluster: true } },
      /can't be given of a private cluster/,
    ],
    ["no accounts at all", { disableLocalAccounts: true }, /needs 'aadProfile.managed'/],
    [
      "workload identity without an issuer",
      { securityProfile: { workloadIdentity: { enabled: true } } },
      /needs 'oidcIssuerProfile.enabled'/,
    ],
  ] as const)("is refused before anything is made with %s", async (_, more, problem) => {
    const { failures } = imaginedAzure();
    expect((await failures("containerservice:ManagedCluster", { ...least, ...more })).join("\n")).toMatch(
      problem,
    );
  });

  it("is refused as long as its identity has no right to the network", async () => {
    const azure = imaginedAzure();
    const inputs = await inNetwork(azure);
    await expect(azure.make("containerservice:ManagedCluster", "aks", inputs)).rejects.toThrow(
      /^LinkedAuthorizationFailed: .* must have the role Network Contributor on .*\/subnets\/nodes, before/,
    );
    const other = imaginedAzure();
    const allowed = await inNetwork(other, networkRole);
    await expect(other.make("containerservice:ManagedCluster", "aks", allowed)).resolves.toBeDefined();
  });

  it("is refused where its Services have addresses of the network", async () => {
    const azure = imaginedAzure();
    const inputs = await inNetwork(azure, networkRole);
    const networkProfile = { serviceCidr: "10.0.240.0/20", dnsServiceIP: "10.0.240.10" };
    await expect(
      azure.make("containerservice:ManagedCluster", "aks", { ...inputs, networkProfile }),
    ).rejects.toThrow(/^ServiceCidrOverlapExistingSubnetsCidr: the range 10\.0\.240\.0\/20/);
  });

  it("keeps its subnet and what that uses from being deleted", async () => {
    const azure = imaginedAzure();
    const inputs = await inNetwork(azure, networkRole);
    const made = await azure.make("containerservice:ManagedCluster", "aks", inputs);
    const [subnet] = azure.store.all("Microsoft.Network.virtualNetworks.subnets");
    const nodes = { ...made, type: "azure-native:network:Subnet", id: text(subnet!.outputs["id"]) };
    await expect(azure.stack.delete(nodes)).rejects.toThrow(
      /^InUseResourceCannotBeDeleted: .*managedClusters\/aks/,
    );
  });

  it("loses the nodes of a pool that it is to have no longer", async () => {
    const second = { name: "second", ...scaled };
    const {
      stack,
      cluster: made,
      localCluster,
    } = await cluster({
      agentPoolProfiles: [...least.agentPoolProfiles, second],
    });
    expect([...localCluster.pools.keys()]).toEqual(["aks/general", "aks/second"]);
    await stack.update(made, least);
    expect([...localCluster.pools.keys()]).toEqual(["aks/general"]);
  });

  it("goes up by one minor version at a time, and never down", async () => {
    const { stack, cluster: made } = await cluster();
    const wanted = (kubernetesVersion: string) => ({ ...least, kubernetesVersion });
    for (const version of ["1.34", "1.37"])
      await expect(stack.update(made, wanted(version))).rejects.toThrow(/^OperationNotAllowed: /);
    const { outputs } = await stack.update(made, wanted("1.36"));
    expect(outputs["currentKubernetesVersion"]).toBe("1.36");
  });

  it("is replaced for what its network is made of, and changed in place for the rest", async () => {
    const { stack, cluster: made } = await cluster({ networkProfile: { networkPlugin: "azure" } });
    const other = { ...least, networkProfile: { networkPlugin: "none", loadBalancerSku: "standard" } };
    expect(await stack.diff(made, other)).toMatchObject({ replaces: ["networkProfile.networkPlugin"] });
    const tagged = { ...least, networkProfile: { networkPlugin: "azure" }, tags: { a: "b" } };
    expect(await stack.diff(made, tagged)).toMatchObject({ changed: true, replaces: [] });
  });
});

describe("a pool of its own", () => {
  const inside = { ...here, resourceName: "aks", agentPoolName: "memory", vmSize: "Standard_E8s_v5" };

  it("has nodes with its labels and taints, which go with it", async () => {
    const { make, stack, localCluster } = await cluster();
    const made = await make("containerservice:AgentPool", "memory", {
      ...inside,
      count: 2,
      nodeLabels: { "keelson.pool": "aks-memory" },
      nodeTaints: ["for=memory:NoSchedule"],
    });
    expect(localCluster.pools.get("aks/memory")).toMatchObject({
      count: 2,
      labels: { "keelson.pool": "aks-memory" },
      taints: [{ key: "for", value: "memory", effect: "NoSchedule" }],
    });
    await stack.delete(made);
    expect(localCluster.pools.has("aks/memory")).toBe(false);
  });

  it("is gone for a refresh once its nodes are, and can be made again", async () => {
    const { make, stack, localCluster } = await cluster();
    const made = await make("containerservice:AgentPool", "memory", inside);
    expect(await stack.refresh(made)).toBeDefined();
    await localCluster.removeNodes("aks", "memory");
    expect(await stack.refresh(made)).toBeUndefined();
    await expect(make("containerservice:AgentPool", "memory", inside)).resolves.toEqual(made);
  });

  it("is not one that the cluster was made with", async () => {
    const { make } = await cluster();
    const twin = { ...inside, agentPoolName: "general" };
    await expect(make("containerservice:AgentPool", "general", twin)).rejects.toThrow(
      /the cluster was made with this pool/,
    );
  });

  it("is replaced for another machine, and refuses what can't be changed in place", async () => {
    const { make, stack } = await cluster();
    const made = await make("containerservice:AgentPool", "memory", inside);
    const machine = { ...inside, vmSize: "Standard_E4s_v5" };
    expect(await stack.diff(made, machine)).toMatchObject({ replaces: ["vmSize"] });
    await expect(stack.update(made, { ...inside, maxPods: 30 })).rejects.toThrow(
      /^PropertyChangeNotAllowed: changing property 'maxPods' is not allowed/,
    );
  });
});
