import { beforeAll, describe, expect, it } from "vitest";
import type { Aks } from "../../../../components/clusters/aks.ts";
import { clusterOf, holders, ofType, only, valueOf } from "../../../support/azure-cloud.ts";
import type { Registration } from "../../../support/engine.ts";

let aks: Aks;
let all: readonly Registration[];

beforeAll(async () => {
  ({ aks, all } = await clusterOf());
});

describe("keys of a cluster on AKS", () => {
  it("[G18] encrypt Secrets in etcd by one that the control plane may use before it is there", () => {
    const cluster = only(all, "containerservice:ManagedCluster");
    expect(cluster.inputs["securityProfile"]["azureKeyVaultKms"]).toEqual({
      enabled: true,
      keyId: "https://prodk3e8r2z7.vault.azure.net/keys/prod-secrets/1",
      keyVaultNetworkAccess: "Public",
    });
    const [role] = holders(all, "keyVaultCryptoUser");
    expect(role!.inputs).toMatchObject({
      principalId: "principal-of-prod-control-plane",
      scope: "prod-secrets-id",
    });
    expect(cluster.dependencies).toContain(role!.urn);
  });

  it("[G18] can't be purged, and those of disks have a new version each year", () => {
    expect(only(all, "keyvault:Vault").inputs["properties"]).toMatchObject({
      enablePurgeProtection: true,
      enableRbacAuthorization: true,
      softDeleteRetentionInDays: 90,
    });
    expect(only(all, "keyvault:Key", "prod-disks").inputs["properties"]).toHaveProperty("rotationPolicy");
    expect(only(all, "compute:DiskEncryptionSet").inputs["rotationToLatestKeyVersionEnabled"]).toBe(true);
  });
});

describe("what surrounds a cluster on AKS", () => {
  it("[G5] is a network whose nodes reach out by one address, are reached at the entry's ports, and have Cilium's policies", () => {
    expect(only(all, "containerservice:ManagedCluster").inputs["networkProfile"]).toMatchObject({
      networkPlugin: "azure",
      networkPluginMode: "overlay",
      networkDataplane: "cilium",
      networkPolicy: "cilium",
      outboundType: "userAssignedNATGateway",
    });
    const rules = only(all, "network:NetworkSecurityGroup").inputs["securityRules"];
    expect(rules).toEqual([
      expect.objectContaining({ access: "Allow", destinationPortRanges: ["80", "443"] }),
    ]);
    expect(only(all, "network:Subnet", "prod-nodes").inputs).toMatchObject({
      natGateway: { id: "prod-outbound-id" },
      networkSecurityGroup: { id: "prod-nodes-id" },
    });
  });

  it("[G16] logs what the control plane does, who read Secrets among it, for 90 days", () => {
    const { logs } = only(all, "monitor:DiagnosticSetting").inputs;
    for (const category of ["kube-apiserver", "kube-audit", "guard"])
      expect(logs).toContainEqual({ category, enabled: true });
    expect(only(all, "operationalinsights:Workspace").inputs["retentionInDays"]).toBe(90);
  });

  it("has no registry, budget and zone where none is asked for", async () => {
    expect(aks.registry).toBeUndefined();
    expect(await valueOf(aks.nameServers)).toEqual([]);
    for (const type of ["containerregistry:Registry", "consumption:Budget", "dns:Zone"])
      expect(ofType(all, type)).toEqual([]);
  });
});

describe("what a cluster on AKS has if it is asked for", () => {
  let everything: Aks;
  let made: readonly Registration[];

  beforeAll(async () => {
    ({ aks: everything, all: made } = await clusterOf({
      tags: { team: "ai" },
      pools: { gpu: {} },
      registry: true,
      zone: "ai.example.com",
      budget: { monthlyUsd: 900, email: "operations@example.com" },
      maintenance: { day: "Wednesday", hour: 3 },
    }));
  });

  it("[G18] is a registry that nodes may read, without passwords", async () => {
    expect(await valueOf(everything.registry!)).toBe("prodk3e8r2z7.azurecr.io");
    expect(only(made, "containerregistry:Registry").inputs).toMatchObject({
      adminUserEnabled: false,
      anonymousPullEnabled: false,
    });
    expect(holders(made, "acrPull")[0]!.inputs["principalId"]).toBe("object-of-kubelet");
  });

  it("is a zone whose name servers are told, and a budget for both of its resource groups", async () => {
    expect(await valueOf(everything.nameServers)).toEqual(["ns1-01.azure-dns.com.", "ns2-01.azure-dns.net."]);
    expect(only(made, "consumption:Budget").inputs).toMatchObject({
      amount: 900,
      filter: { dimensions: { values: ["prod", "prod-nodes"] } },
    });
  });

  it("is upgraded in its own window, Kubernetes and nodes both", () => {
    const windows = ofType(made, "containerservice:MaintenanceConfiguration");
    expect(windows.map(({ inputs }) => inputs["configName"])).toEqual([
      "aksManagedAutoUpgradeSchedule",
      "aksManagedNodeOSUpgradeSchedule",
    ]);
    for (const { inputs } of windows)
      expect(inputs["maintenanceWindow"]).toMatchObject({
        schedule: { weekly: { dayOfWeek: "Wednesday" } },
        startTime: "03:00",
        durationHours: 4,
      });
  });

  it("has tags, wherever Azure takes some", () => {
    const UNTAGGED =
      /RoleAssignment|ManagementLock|Subnet|Maintenance|FederatedIdentity|Diagnostic|Association|Blob|ManagementPolicy|Budget/;
    const tagged = made.filter(({ type }) => type.startsWith("azure-native:") && !UNTAGGED.test(type));
    expect(tagged.length).toBeGreaterThan(15);
    for (const { type, inputs } of tagged)
      expect(inputs["tags"], type).toEqual({ keelson: "prod", team: "ai" });
  });
});

describe("add-ons of a cluster on AKS", () => {
  const charts = async (addOn: "entry" | "metrics") =>
    (await clusterOf({}, ({ cluster }) => cluster.install!(addOn))).all.filter(({ type }) =>
      type.endsWith(":Release"),
    );

  it("are installed only if something needs them, and metrics are there anyway", async () => {
    expect(all.filter(({ type }) => type.endsWith(":Release"))).toEqual([]);
    expect(await charts("metrics")).toEqual([]);
    const [traefik, ...others] = await charts("entry");
    expect(others).toEqual([]);
    expect(traefik!.inputs["values"]["service"]["spec"]).toMatchObject({ externalTrafficPolicy: "Local" });
  });
});
