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

  it("goes where it is switched off", async () => {
    const { all } = await clusterOf({ deletionProtection: false });
    expect(locks(all)).toEqual([]);
    expect(typesOf(all.filter(({ protect }) => protect))).toEqual([]);
  });
});
