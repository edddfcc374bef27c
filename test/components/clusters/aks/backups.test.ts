import { beforeAll, describe, expect, it } from "vitest";
import { clusterOf, holders, valueOf } from "../../../support/azure-cloud.ts";
import type { Registration } from "../../../support/engine.ts";
import type { Aks } from "../../../../components/clusters/aks.ts";

let aks: Aks;
let all: readonly Registration[];

beforeAll(async () => {
  const backups = { retentionDays: 45, account: { namespace: "data", name: "keeper" } };
  ({ aks, all } = await clusterOf({ backups }));
});

const inputsOf = (type: string) => all.find((each) => each.type === `azure-native:${type}`)!.inputs;

describe("backups of a cluster on AKS", () => {
  it("[G14] [G18] are an account without keys, TLS 1.2 at least, closed to the public and to all but the nodes", () => {
    expect(inputsOf("storage:StorageAccount")).toMatchObject({
      allowBlobPublicAccess: false,
      allowSharedKeyAccess: false,
      allowCrossTenantReplication: false,
      enableHttpsTrafficOnly: true,
      minimumTlsVersion: "TLS1_2",
      encryption: { requireInfrastructureEncryption: true },
      networkRuleSet: {
        defaultAction: "Deny",
        virtualNetworkRules: [{ virtualNetworkResourceId: "prod-nodes-id" }],
      },
    });
    expect(inputsOf("storage:BlobContainer")["publicAccess"]).toBe("None");
  });

  it("[G14] can be had back for as long as the stack says after they were replaced or deleted", () => {
    const retention = { enabled: true, days: 45 };
    expect(inputsOf("storage:BlobServiceProperties")).toMatchObject({
      isVersioningEnabled: true,
      deleteRetentionPolicy: retention,
      containerDeleteRetentionPolicy: retention,
    });
    const [rule] = inputsOf("storage:ManagementPolicy")["policy"]["rules"];
    expect(rule.definition.actions).toEqual({ version: { delete: { daysAfterCreationGreaterThan: 1 } } });
  });

  it("[G18] are written and read by one service account, which proves itself by the cluster's own tokens", async () => {
    expect(inputsOf("managedidentity:FederatedIdentityCredential")).toMatchObject({
      issuer: "https://eastus2.oic.prod-aks.azure.com/tenant/issuer/",
      subject: "system:serviceaccount:data:keeper",
      audiences: ["api://AzureADTokenExchange"],
    });
    expect(holders(all, "storageBlobDataContributor")[0]!.inputs).toMatchObject({
      principalId: "principal-of-prod-backups",
      principalType: "ServicePrincipal",
      scope: "prod-backups-id",
    });
    expect(await valueOf(aks.backups.annotations["azure.workload.identity/client-id"]!)).toBe(
      "client-of-prod-backups",
    );
    expect(aks.backups.podLabels).toEqual({ "azure.workload.identity/use": "true" });
  });
});
