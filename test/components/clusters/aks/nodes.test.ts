import { beforeAll, describe, expect, it } from "vitest";
import type { Aks } from "../../../../components/clusters/aks.ts";
import { clusterOf, ofType, only } from "../../../support/azure-cloud.ts";
import type { Registration } from "../../../support/engine.ts";

let aks: Aks;
let all: readonly Registration[];

beforeAll(async () => {
  ({ aks, all } = await clusterOf({ pools: { gpu: {} } }));
});

const general = () => only(all, "containerservice:ManagedCluster").inputs["agentPoolProfiles"][0];

describe("nodes on AKS", () => {
  it("[O11] are three Standard_DS3_v2, up to ten, with the monitoring add-on", () => {
    const { inputs } = only(all, "containerservice:ManagedCluster");
    expect(inputs["agentPoolProfiles"]).toHaveLength(1);
    expect(general()).toMatchObject({
      vmSize: "Standard_DS3_v2",
      count: 3,
      minCount: 3,
      maxCount: 10,
      mode: "System",
      nodeLabels: { "keelson.pool": "prod-general" },
    });
    expect(inputs["addonProfiles"]["omsagent"]).toMatchObject({ enabled: true });
  });

  it("[G8] are told to the target as large as pods may use them, by their label", () => {
    const [usual, memory, gpu] = aks.cluster.nodes;
    expect(usual).toMatchObject({ count: 10, labels: { "keelson.pool": "prod-general" } });
    expect(usual!.memoryGiB).toBeLessThan(14);
    expect(usual!.pods).toBeLessThan(110);
    expect(memory).toMatchObject({ count: 6, labels: { "keelson.pool": "prod-memory" } });
    expect(gpu).toMatchObject({ count: 2, gpus: 1, taints: { "nvidia.com/gpu": "true" } });
  });

  it("[G8] with more memory are made when something needs them, and only then", async () => {
    expect(ofType(all, "containerservice:AgentPool").map(({ name }) => name)).toEqual(["prod-gpu"]);
    const asked = await clusterOf({}, ({ cluster }) => cluster.nodes.map(({ make }) => make?.()));
    const pool = only(asked.all, "containerservice:AgentPool");
    expect(pool.inputs).toMatchObject({
      agentPoolName: "memory",
      vmSize: "Standard_E8s_v5",
      maxCount: 6,
      mode: "User",
    });
    expect(pool.deleteBeforeReplace).toBe(true);
  });

  it("are none with more memory where the stack wants none", async () => {
    const without = await clusterOf({ pools: { memory: false } });
    expect(without.aks.cluster.nodes).toHaveLength(1);
  });

  it("[G18] have encrypted disks, hosts and caches, and no public address", () => {
    for (const nodes of [general(), only(all, "containerservice:AgentPool").inputs])
      expect(nodes).toMatchObject({
        enableEncryptionAtHost: true,
        enableNodePublicIP: false,
        osDiskType: "Managed",
      });
    expect(only(all, "containerservice:ManagedCluster").inputs["diskEncryptionSetID"]).toBe("prod-disks-id");
  });

  it("[G18] with graphics processors are kept for those who ask for some", () => {
    const { inputs } = only(all, "containerservice:AgentPool");
    expect(inputs["nodeTaints"]).toEqual(["nvidia.com/gpu=true:NoSchedule"]);
    expect(general()["nodeTaints"]).toEqual([]);
    const plugin = all.find(({ type }) => type.endsWith(":DaemonSet"))!.inputs["spec"]["template"]["spec"];
    expect(plugin).toMatchObject({
      nodeSelector: { "keelson.pool": "prod-gpu" },
      tolerations: [{ key: "nvidia.com/gpu", value: "true", effect: "NoSchedule" }],
    });
  });
});
