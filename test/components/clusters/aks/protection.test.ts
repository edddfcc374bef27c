import { describe, expect, it } from "vitest";
import { clusterOf } from "../../../support/azure-cloud.ts";
import type { Registration } from "../../../support/engine.ts";

const locks = (all: readonly Registration[]) =>
  all.filter(({ type }) => type === "azure-native:authorization:ManagementLockByScope");
const typesOf = (all: readonly Registration[]) => all.map(({ type }) => type.split(":").slice(1).join(":"));

describe("deletion protection of a cluster on AKS", () => {
  it("[G18] has Azure and Pulumi both refuse to delete cluster, network, keys and backups", async () => {
    const { all } = await clusterOf();
    expect(locks(all).map(({ name, inputs }) => [name, inputs["level"]])).toEqual([
      ["prod-backups", "CanNotDelete"],
      ["prod-cluster", "CanNotDelete"],
      ["prod-keys", "CanNotDelete"],
      ["prod-network", "CanNotDelete"],
    ]);
    expect(typesOf(all.filter(({ protect }) => protect))).toEqual(
      expect.arrayContaining([
        "containerservice:ManagedCluster",
        "keyvault:Key",
        "keyvault:Vault",
        "network:VirtualNetwork",
        "resources:ResourceGroup",
        "storage:BlobContainer",
        "storage:StorageAccount",
      ]),
    );
  });

  it("[G18] can be switched off: locks themselves are not protected", async () => {
    const { all } = await clusterOf();
    expect(locks(all).map(({ protect }) => protect)).toEqual([false, false, false, false]);
  });

  it("[G18] comes after all that a lock would keep from being deleted", async () => {
    const { all } = await clusterOf();
    const urns = (name: RegExp) => all.filter(({ urn }) => name.test(urn)).map(({ urn }) => urn);
    const [backups, cluster] = locks(all);
    const PARTS_OF_BACKUPS = /BlobContainer::|ManagementPolicy::|RoleAssignment::prod-backups$/;
    const PARTS_OF_CLUSTER = /MaintenanceConfiguration::|DiagnosticSetting::|RuleAssociation::/;
    expect(urns(PARTS_OF_BACKUPS)).toHaveLength(3);
    expect(urns(PARTS_OF_CLUSTER)).toHaveLength(4);
    expect(backups!.dependencies).toEqual(expect.arrayContaining(urns(PARTS_OF_BACKUPS)));
    expect(cluster!.dependencies).toEqual(expect.arrayContaining(urns(PARTS_OF_CLUSTER)));
  });

  it("goes where it is switched off", async () => {
    const { all } = await clusterOf({ deletionProtection: false });
    expect(locks(all)).toEqual([]);
    expect(typesOf(all.filter(({ protect }) => protect))).toEqual([]);
  });
});
