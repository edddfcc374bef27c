import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";
import type { Aks } from "../../../../components/clusters/aks.ts";
import { ACCOUNT, clusterOf, holders, only, valueOf } from "../../../support/azure-cloud.ts";
import type { Registration } from "../../../support/engine.ts";

let aks: Aks;
let all: readonly Registration[];

beforeAll(async () => {
  ({ aks, all } = await clusterOf());
});

describe("access to a cluster on AKS", () => {
  it("[G18] is a secret kubeconfig that asks kubelogin for a token, and has nobody's credentials", async () => {
    expect(await pulumi.isSecret(aks.kubeconfig)).toBe(true);
    const { clusters, users } = JSON.parse(await valueOf(aks.kubeconfig));
    expect(clusters).toEqual([
      {
        name: "prod",
        cluster: {
          server: "https://prod-abcd.hcp.eastus2.azmk8s.io:443",
          "certificate-authority-data": "Y2VydGlmaWNhdGU=",
        },
      },
    ]);
    expect(Object.keys(users[0].user)).toEqual(["exec"]);
    expect(users[0].user.exec).toMatchObject({
      command: "kubelogin",
      args: ["get-token", "--login", "azurecli", "--server-id", "6dae42f8-4368-4678-94ff-3960e28e3630"],
    });
  });

  it("signs in as the stack says", async () => {
    const { aks: other } = await clusterOf({ login: "workloadidentity" });
    const { users } = JSON.parse(await valueOf(other.kubeconfig));
    expect(users[0].user.exec.args).toContain("workloadidentity");
  });

  it("[G18] is by accounts of Entra ID alone: local accounts and commands by Azure's API are off", () => {
    expect(only(all, "containerservice:ManagedCluster").inputs).toMatchObject({
      disableLocalAccounts: true,
      enableRBAC: true,
      aadProfile: { managed: true, enableAzureRBAC: true },
      apiServerAccessProfile: { disableRunCommand: true, authorizedIPRanges: ["203.0.113.0/24"] },
    });
  });

  it("[G18] is given to the program's account before the cluster is made, whether it is a person's or not", () => {
    const [role, ...others] = holders(all, "clusterAdministrator");
    expect(others).toEqual([]);
    expect(role!.inputs).toMatchObject({ principalId: ACCOUNT, scope: "prod-id" });
    expect(role!.inputs).not.toHaveProperty("principalType");
    expect(only(all, "containerservice:ManagedCluster").dependencies).toContain(role!.urn);
  });

  it("is given to the administrators that are named, and to nobody else", async () => {
    const administrators = ["aaaaaaaa-1111-4222-8333-444444444444", "bbbbbbbb-1111-4222-8333-444444444444"];
    const named = await clusterOf({ administrators });
    const ids = holders(named.all, "clusterAdministrator").map(({ inputs }) => inputs["principalId"]);
    expect(ids).toEqual(administrators);
  });

  it("is from inside the network alone where no network of the internet is named", async () => {
    const closed = await clusterOf({ access: [] });
    const profile = only(closed.all, "containerservice:ManagedCluster").inputs["apiServerAccessProfile"];
    expect(profile).toMatchObject({ enablePrivateCluster: true });
    expect(profile).not.toHaveProperty("authorizedIPRanges");
  });
});
