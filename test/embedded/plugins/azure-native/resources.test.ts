import { describe, expect, it } from "vitest";
import type { Values } from "../../../../embedded/plugins/provider/value.ts";
import { text } from "../../../support/recordings.ts";
import { group, here, imaginedAzure, network } from "./stack.ts";

const vault = {
  ...here,
  vaultName: "keys",
  properties: {
    tenantId: "tenant",
    sku: { family: "A", name: "standard" },
    enablePurgeProtection: true,
  },
};
const account = { ...here, accountName: "backups", kind: "StorageV2", sku: { name: "Standard_ZRS" } };
const notification = {
  enabled: true,
  operator: "GreaterThan",
  threshold: 80,
  contactEmails: ["a@example.com"],
};
const budget = {
  scope: "/subscriptions/00000000-0000-0000-0000-000000000000",
  category: "Cost",
  amount: 100,
  timeGrain: "Monthly",
  timePeriod: { startDate: "2026-11-01T00:00:00Z" },
};
const rule = {
  name: "entry",
  priority: 100,
  direction: "Inbound",
  access: "Allow",
  protocol: "Tcp",
  sourceAddressPrefix: "*",
  sourcePortRange: "*",
  destinationAddressPrefix: "*",
  destinationPortRange: "443",
};

describe("what is refused before anything is made", () => {
  it.each<readonly [string, string, Values, RegExp]>([
    [
      "a subnet smaller than Azure's own addresses",
      "network:Subnet",
      { ...here, virtualNetworkName: "v", addressPrefix: "10.0.0.0/30" },
      /must be between/,
    ],
    [
      "a subnet without a range",
      "network:Subnet",
      { ...here, virtualNetworkName: "v" },
      /one of 'addressPrefix' and 'addressPrefixes'/,
    ],
    [
      "a Standard address that changes",
      "network:PublicIPAddress",
      { ...here, sku: { name: "Standard" } },
      /PublicIPAllocationMethodNotSupported/,
    ],
    [
      "two rules of one priority",
      "network:NetworkSecurityGroup",
      { ...here, securityRules: [rule, { ...rule, name: "other" }] },
      /SecurityRuleConflict/,
    ],
    [
      "a rule without an end",
      "network:NetworkSecurityGroup",
      { ...here, securityRules: [{ ...rule, destinationPortRanges: ["80"] }] },
      /one of 'destinationPortRange' and 'destinationPortRanges'/,
    ],
    [
      "a vault without soft deletion",
      "keyvault:Vault",
      { ...vault, properties: { ...vault.properties, enableSoftDelete: false } },
      /without soft deletion/,
    ],
    [
      "a vault with two hyphens together",
      "keyvault:Vault",
      { ...vault, vaultName: "my--keys" },
      /'my--keys' is not a name/,
    ],
    [
      "a key that is too small",
      "keyvault:Key",
      { ...here, vaultName: "keys", properties: { kty: "RSA", keySize: 1024 } },
      /'1024' is no size of RSA keys/,
    ],
    [
      "retention without its days",
      "storage:BlobServiceProperties",
      {
        ...here,
        accountName: "backups",
        blobServicesName: "default",
        deleteRetentionPolicy: { enabled: true },
      },
      /'deleteRetentionPolicy.days' must be given/,
    ],
    [
      "a registry's feature that its SKU has not",
      "containerregistry:Registry",
      { ...here, registryName: "images", sku: { name: "Standard" }, zoneRedundancy: "Enabled" },
      /'zoneRedundancy' is not supported for the SKU Standard/,
    ],
    [
      "a budget that begins within a month",
      "consumption:Budget",
      { ...budget, timePeriod: { startDate: "2026-11-02T00:00:00Z" } },
      /not the first day of a month/,
    ],
    [
      "too many notifications",
      "consumption:Budget",
      {
        ...budget,
        notifications: Object.fromEntries([1, 2, 3, 4, 5, 6].map((each) => [`n${each}`, notification])),
      },
      /up to 5 notifications/,
    ],
    [
      "a log that goes nowhere",
      "monitor:DiagnosticSetting",
      { resourceUri: "/x", name: "logs", logs: [{ category: "guard", enabled: true }] },
      /at least one data sink/,
    ],
    [
      "a flow to no destination",
      "monitor:DataCollectionRule",
      { ...here, dataFlows: [{ streams: ["s"], destinations: ["there"] }] },
      /'there', which is no destination/,
    ],
    [
      "a maintenance window that is too short",
      "containerservice:MaintenanceConfiguration",
      {
        ...here,
        resourceName: "aks",
        configName: "aksManagedAutoUpgradeSchedule",
        maintenanceWindow: { durationHours: 2, startTime: "02:00", schedule: { daily: { intervalDays: 1 } } },
      },
      /'2' is not between 4 and 24/,
    ],
    [
      "two schedules at once",
      "containerservice:MaintenanceConfiguration",
      {
        ...here,
        resourceName: "aks",
        configName: "aksManagedAutoUpgradeSchedule",
        maintenanceWindow: {
          durationHours: 4,
          startTime: "02:00",
          schedule: { daily: { intervalDays: 1 }, weekly: { intervalWeeks: 1, dayOfWeek: "Sunday" } },
        },
      },
      /exactly one of/,
    ],
    [
      "a zone that is no domain",
      "dns:Zone",
      { ...here, zoneName: "localhost", location: "Global" },
      /'localhost' is not a name/,
    ],
    [
      "an assignment whose name is no GUID",
      "authorization:RoleAssignment",
      { scope: "/x", roleAssignmentName: "mine", principalId: "p", roleDefinitionId: "r" },
      /'mine' is no GUID/,
    ],
  ])("%s", async (_, type, inputs, problem) => {
    expect((await imaginedAzure().failures(type, inputs)).join("\n")).toMatch(problem);
  });
});

describe("a virtual network", () => {
  it("holds its subnets, which are apart from each other", async () => {
    const azure = imaginedAzure();
    const { inside, vnet } = await network(azure);
    const make = (addressPrefix: string) =>
      azure.make("network:Subnet", "more", { ...inside, addressPrefix });
    await expect(make("10.1.0.0/24")).rejects.toThrow(
      /^NetcfgInvalidSubnet: .* must be inside 10\.0\.0\.0\/16$/,
    );
    await expect(make("10.0.8.0/24")).rejects.toThrow(
      /^NetcfgSubnetRangesOverlap: .*'nodes' \(10\.0\.0\.0\/20\)$/,
    );
    const smaller = { ...vnet.inputs, addressSpace: { addressPrefixes: ["10.0.0.0/24"] } };
    await expect(azure.stack.update(vnet, smaller)).rejects.toThrow(/^InUseSubnetAddressSpace: /);
  });
});

describe("the encryption of disks", () => {
  it("takes a key of the vault that it names, and only of one with purge protection", async () => {
    const azure = imaginedAzure();
    await group(azure);
    const { enablePurgeProtection: _, ...bare } = vault.properties;
    const open = await azure.make("keyvault:Vault", "open", {
      ...vault,
      vaultName: "open",
      properties: bare,
    });
    const keys = await azure.make("keyvault:Vault", "keys", vault);
    const keyOf = (vaultName: string) =>
      azure.make("keyvault:Key", `${vaultName}-disks`, { ...here, vaultName, properties: { kty: "RSA" } });
    const [own, other] = [await keyOf("keys"), await keyOf("open")];
    const set = (keyUrl: unknown, id: string) =>
      azure.make("compute:DiskEncryptionSet", "disks", {
        ...here,
        identity: { type: "SystemAssigned" },
        activeKey: { keyUrl: String(keyUrl), sourceVault: { id } },
      });
    await expect(set(other.outputs["keyUriWithVersion"], open.id)).rejects.toThrow(
      /^PurgeProtectionNotEnabled: /,
    );
    await expect(set(other.outputs["keyUriWithVersion"], keys.id)).rejects.toThrow(
      /^KeyVaultAndDiskEncryptionSetMismatch: /,
    );
    const made = await set(own.outputs["keyUriWithVersion"], keys.id);
    expect(made.outputs["identity"]).toMatchObject({ principalId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  it("keeps a vault protected from purging for good", async () => {
    const azure = imaginedAzure();
    await group(azure);
    const made = await azure.make("keyvault:Vault", "keys", vault);
    const { enablePurgeProtection: _, ...bare } = vault.properties;
    await expect(azure.stack.update(made, { ...vault, properties: bare })).rejects.toThrow(
      /has purge protection, which once enabled cannot be disabled$/,
    );
  });
});

describe("an assignment of a role", () => {
  const definitions = `${budget.scope}/providers/Microsoft.Authorization/roleDefinitions`;
  const reader = `${definitions}/acdd72a7-3385-48ef-bd42-f606fba81ae7`;

  it("takes a role that there is, and the principal of an identity rather than its client", async () => {
    const azure = imaginedAzure();
    const { id: scope } = await group(azure);
    const identity = await azure.make("managedidentity:UserAssignedIdentity", "who", here);
    const assign = (principal: unknown, roleDefinitionId = reader) =>
      azure.make("authorization:RoleAssignment", `role-${String(principal)}`, {
        scope,
        principalId: String(principal),
        principalType: "ServicePrincipal",
        roleDefinitionId,
      });
    const { clientId, principalId } = identity.outputs;
    await expect(assign(clientId)).rejects.toThrow(/^PrincipalNotFound: .* not its client id$/);
    await expect(assign(principalId, `${definitions}/${text(clientId)}`)).rejects.toThrow(
      /^RoleDefinitionDoesNotExist: /,
    );
    const made = await assign(principalId);
    expect(made.id).toContain(`${scope}/providers/Microsoft.Authorization/roleAssignments/`);
  });

  it("is given once, and replaced for another principal", async () => {
    const azure = imaginedAzure();
    const { id: scope } = await group(azure);
    const inputs = { scope, principalId: azure.azure.objectId, roleDefinitionId: reader };
    const made = await azure.make("authorization:RoleAssignment", "one", inputs);
    await expect(azure.make("authorization:RoleAssignment", "two", inputs)).rejects.toThrow(
      `RoleAssignmentExists: the role assignment already exists: ${made.id}`,
    );
    const other = { ...inputs, principalId: "00000000-0000-0000-0000-000000000009" };
    expect(await azure.stack.diff(made, other)).toMatchObject({ replaces: ["principalId"] });
  });
});

describe("a storage account", () => {
  it("lets a container be public only where it allows that, and takes containers before anything is said of its blobs", async () => {
    const azure = imaginedAzure();
    await group(azure);
    await azure.make("storage:StorageAccount", "backups", account);
    const container = { ...here, accountName: "backups", containerName: "backups" };
    await expect(
      azure.make("storage:BlobContainer", "backups", { ...container, publicAccess: "Blob" }),
    ).rejects.toThrow(/^PublicAccessNotPermitted: /);
    await expect(azure.make("storage:BlobContainer", "backups", container)).resolves.toBeDefined();
  });

  it("keeps its containers when what was said of its blobs is forgotten", async () => {
    const azure = imaginedAzure();
    await group(azure);
    await azure.make("storage:StorageAccount", "backups", account);
    const blobs = await azure.make("storage:BlobServiceProperties", "blobs", {
      ...here,
      accountName: "backups",
      blobServicesName: "default",
    });
    const container = await azure.make("storage:BlobContainer", "backups", {
      ...here,
      accountName: "backups",
    });
    await azure.stack.delete(blobs);
    expect(await azure.stack.refresh(container)).toBeDefined();
  });
});

describe("a federated credential", () => {
  it("is one for each issuer and subject of an identity", async () => {
    const azure = imaginedAzure();
    await group(azure);
    await azure.make("managedidentity:UserAssignedIdentity", "who", { ...here, resourceName: "who" });
    const credential = {
      ...here,
      resourceName: "who",
      issuer: "https://issuer.example.com/",
      subject: "system:serviceaccount:prod:backups",
      audiences: ["api://AzureADTokenExchange"],
    };
    const type = "managedidentity:FederatedIdentityCredential";
    await azure.make(type, "one", credential);
    await expect(azure.make(type, "two", credential)).rejects.toThrow(/'one' has them$/);
  });
});
