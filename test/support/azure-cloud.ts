import type * as pulumi from "@pulumi/pulumi";
import { Aks, type AksArgs } from "../../components/clusters/aks.ts";
import { deploy, type EngineArgs, type Registration } from "./engine.ts";

/** Id of the account that the program runs as. */
export const ACCOUNT = "11111111-aaaa-4bbb-8ccc-222222222222";

/** What Azure answers with as credentials of a cluster with Entra ID: nobody's password. */
const CREDENTIALS = `apiVersion: v1
kind: Config
clusters:
  - name: prod
    cluster:
      server: https://prod-abcd.hcp.eastus2.azmk8s.io:443
      certificate-authority-data: Y2VydGlmaWNhdGU=
users:
  - name: clusterUser_prod_prod
    user: { exec: { command: kubelogin, args: [get-token, --login, devicecode] } }
`;

const PROFILES = {
  oidcIssuerProfile: { enabled: true, issuerURL: "https://eastus2.oic.prod-aks.azure.com/tenant/issuer/" },
  identityProfile: { kubeletidentity: { objectId: "object-of-kubelet", clientId: "client-of-kubelet" } },
};

/** What a recording engine answers for Azure. */
export const AZURE: EngineArgs = {
  outputs: {
    "random:index/randomString:RandomString": () => ({ result: "k3e8r2z7" }),
    "azure-native:containerservice:ManagedCluster": () => PROFILES,
    "azure-native:compute:DiskEncryptionSet": (name) => ({
      identity: { type: "SystemAssigned", principalId: `principal-of-${name}` },
    }),
    "azure-native:managedidentity:UserAssignedIdentity": (name) => ({
      principalId: `principal-of-${name}`,
      clientId: `client-of-${name}`,
    }),
    "azure-native:keyvault:Key": (name) => ({
      keyUriWithVersion: `https://prodk3e8r2z7.vault.azure.net/keys/${name}/1`,
    }),
    "azure-native:containerregistry:Registry": () => ({ loginServer: "prodk3e8r2z7.azurecr.io" }),
    "azure-native:dns:Zone": () => ({ nameServers: ["ns1-01.azure-dns.com.", "ns2-01.azure-dns.net."] }),
  },
  answers: {
    "azure-native:authorization:getClientConfig": {
      clientId: "client",
      objectId: ACCOUNT,
      subscriptionId: "subscription",
      tenantId: "tenant",
    },
    "azure-native:containerservice:listManagedClusterUserCredentials": {
      kubeconfigs: [{ name: "clusterUser", value: Buffer.from(CREDENTIALS).toString("base64") }],
    },
    "azure-native:containerservice:getManagedCluster": {
      ...PROFILES,
      agentPoolProfiles: [{ name: "system", vnetSubnetID: "subnet-of-others" }],
      nodeResourceGroup: "MC_shared",
    },
  },
};

/** The least that a cluster takes. */
export const LEAST: AksArgs = { region: "eastus2", access: ["203.0.113.0/24"] };

/** A cluster, and all that making it and what follows registers. */
export async function clusterOf(
  args: Partial<AksArgs> = {},
  then: (cluster: Aks) => unknown = () => undefined,
  name = "prod",
): Promise<{ readonly aks: Aks; readonly all: readonly Registration[] }> {
  let aks!: Aks;
  const all = await deploy(() => {
    aks = new Aks(name, { ...LEAST, ...args });
    return then(aks);
  }, AZURE);
  return { aks, all };
}

/** What was registered of a type of Azure's, as "network:Subnet". */
export function ofType(all: readonly Registration[], type: string): readonly Registration[] {
  return all.filter((each) => each.type === `azure-native:${type}`);
}

/** The one that was registered of a type; by its name, if there are others. */
export function only(all: readonly Registration[], type: string, name?: string): Registration {
  const found = ofType(all, type).filter((each) => name === undefined || each.name === name);
  if (found.length !== 1)
    throw new Error(`${found.length} of ${type} ${name ?? ""} were registered, not one`);
  return found[0]!;
}

const ROLES = {
  clusterAdministrator: "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
  networkContributor: "4d97b98b-1d4f-4787-a291-c67834d212e7",
  acrPull: "7f951dda-4ed3-4680-a7ca-43fe172d538d",
  keyVaultCryptoUser: "12338af0-0e69-4776-bea7-57ae8d297424",
  storageBlobDataContributor: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
};

/** Who was given a role. */
export function holders(all: readonly Registration[], role: keyof typeof ROLES): readonly Registration[] {
  const given = ofType(all, "authorization:RoleAssignment");
  return given.filter(({ inputs }) => String(inputs["roleDefinitionId"]).endsWith(`/${ROLES[role]}`));
}

/** What an output is, once it is known. */
export function valueOf<Value>(output: pulumi.Output<Value>): Promise<Value> {
  return new Promise((resolve) => {
    output.apply((value) => resolve(value));
  });
}
