import { describe, expect, it } from "vitest";
import { azureNative } from "../../../../embedded/plugins/azure-native/provider.ts";
import { unknown } from "../../../../embedded/plugins/provider/value.ts";
import { group, here, imaginedAzure, network } from "./stack.ts";

const urn = "urn:pulumi:stack::project::azure-native:storage:StorageAccount::test";

describe("names that the program leaves out", () => {
  const account = azureNative.resources["azure-native:storage:StorageAccount"]!;
  const context = (azure = imaginedAzure().azure) => ({
    urn,
    configuration: azure,
    signal: new AbortController().signal,
    log: () => undefined,
  });
  const checked = (more: object) =>
    account.check({ urn, oldInputs: {}, inputs: {}, randomSeed: Buffer.from("seed"), ...more }, context());

  it("are the logical name and the digits that the official plugin draws from the same seed", async () => {
    const { inputs } = await checked({});
    expect(inputs).toMatchObject({ accountName: "test614742c2", __createBeforeDelete: true });
  });

  it("stay as they were made up, with the mark of a random one", async () => {
    const oldInputs = { accountName: "testabc", __createBeforeDelete: true };
    const { inputs } = await checked({ oldInputs });
    expect(inputs).toMatchObject(oldInputs);
  });

  it("are those that the stack's settings propose", async () => {
    const { inputs } = await checked({ autonaming: { mode: "propose", proposedName: "proposed" } });
    expect(inputs).toMatchObject({ accountName: "proposed", __createBeforeDelete: true });
  });

  it("are missed where nothing may be made up", async () => {
    const { failures } = await checked({ autonaming: { mode: "disable", proposedName: "" } });
    expect(failures.map(({ reason }) => reason)).toContain("missing required property 'accountName'");
  });

  it("are the logical name alone in another resource, and a GUID for the assignment of a role", async () => {
    const { stack, azure } = imaginedAzure();
    const type = "azure-native:authorization:RoleAssignment";
    const subnet = azureNative.resources["azure-native:network:Subnet"]!;
    const request = { urn, oldInputs: {}, inputs: {}, randomSeed: Buffer.from("seed") };
    expect((await subnet.check(request, context(azure))).inputs).toMatchObject({ subnetName: "test" });
    const role = await azureNative.resources[type]!.check(request, context(azure));
    expect(role.inputs).toMatchObject({ roleAssignmentName: "614742c2-d31f-db71-69aa-0171258e619a" });
    expect(stack.logged).toEqual([]);
  });
});

describe("a location that the program leaves out", () => {
  it("is the provider's", async () => {
    const made = await group(imaginedAzure({ location: "westeurope" }));
    expect(made.outputs["location"]).toBe("westeurope");
  });

  it("is that of the resource group where the provider has none", async () => {
    const { make } = imaginedAzure({});
    await make("resources:ResourceGroup", "rg", { ...here, location: "norwayeast" });
    const identity = await make("managedidentity:UserAssignedIdentity", "who", here);
    expect(identity.outputs["location"]).toBe("norwayeast");
  });

  it("is missed where there is neither, with what to do", async () => {
    const { failures } = imaginedAzure({});
    expect(await failures("resources:ResourceGroup", here)).toEqual([
      "missing required property 'location'. Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'.",
    ]);
  });
});

describe("a check", () => {
  it("says all that is wrong at once, each with its place", async () => {
    const { failures } = imaginedAzure();
    const found = await failures("storage:StorageAccount", {
      accountName: "Backups",
      kind: "StorageV3",
      sku: { name: "Standard_ZRS", size: 1 },
      minimumTlsVersion: 12,
      networkRuleSet: { virtualNetworkRules: [{ action: "Allow" }] },
    });
    expect(found).toEqual(
      expect.arrayContaining([
        "missing required property 'resourceGroupName'",
        "'accountName': 'Backups' is not a name that is allowed: 3 to 24 lower-case letters and digits",
        "'kind': 'StorageV3' is not one of 'Storage', 'StorageV2', 'BlobStorage', 'FileStorage', 'BlockBlobStorage'",
        "the embedded azure-native plugin does not know the input 'sku.size', which the official plugin may",
        "'minimumTlsVersion' should be of type 'string' but got the number 12",
        "missing required property 'networkRuleSet.defaultAction'",
        "missing required property 'networkRuleSet.virtualNetworkRules[0].virtualNetworkResourceId'",
      ]),
    );
    expect(found).toHaveLength(7);
  });

  it("refuses an input that Azure alone decides", async () => {
    const { failures } = imaginedAzure();
    const inputs = { ...here, principalId: "me" };
    expect(await failures("managedidentity:UserAssignedIdentity", inputs)).toEqual([
      "'principalId' is decided by Azure: it cannot be given",
    ]);
  });
});

describe("a preview", () => {
  it("knows what is given, and nothing that Azure fills in", async () => {
    const { stack } = imaginedAzure();
    const type = "azure-native:managedidentity:UserAssignedIdentity";
    const planned = await stack.preview(type, "who", { resourceGroupName: unknown, tags: { a: "b" } });
    expect(planned).toMatchObject({
      location: "eastus2",
      tags: { a: "b" },
      principalId: unknown,
      name: unknown,
      azureApiVersion: "2023-01-31",
    });
    expect(planned).not.toHaveProperty("resourceGroupName");
  });

  it("takes unknown values wherever they stand", async () => {
    const { stack } = imaginedAzure();
    const subnet = {
      ...here,
      virtualNetworkName: unknown,
      addressPrefix: unknown,
      natGateway: { id: unknown },
    };
    const planned = await stack.preview("azure-native:network:Subnet", "nodes", subnet);
    expect(planned).toMatchObject({ addressPrefix: unknown, natGateway: { id: unknown } });
  });
});

describe("a difference", () => {
  it("is one of inputs: what Azure filled in is none", async () => {
    const azure = imaginedAzure();
    const made = await group(azure);
    expect(await azure.stack.diff(made, here)).toMatchObject({ changed: false, replaces: [] });
  });

  it("replaces for a part of the path, and deletes first, as the program chose the name", async () => {
    const azure = imaginedAzure();
    const { nodes, inside } = await network(azure);
    const wanted = { ...inside, virtualNetworkName: "other", addressPrefix: "10.0.0.0/20" };
    expect(await azure.stack.diff(nodes, wanted)).toMatchObject({
      changed: true,
      replaces: ["virtualNetworkName"],
      deleteBeforeReplace: true,
      details: {
        virtualNetworkName: { kind: "update", replaces: true },
        natGateway: { kind: "delete", replaces: false },
      },
    });
  });

  it("replaces without deleting first what has a random name", async () => {
    const azure = imaginedAzure();
    const { address } = await network(azure);
    const wanted = { ...here, sku: { name: "Basic" }, publicIPAllocationMethod: "Static" };
    const difference = await azure.stack.diff(address, wanted);
    expect(difference.details).toEqual({ "sku.name": { kind: "update", replaces: true, inputs: true } });
    expect(difference).toMatchObject({ replaces: ["sku.name"], deleteBeforeReplace: false });
  });

  it("is none for another way to write a location, or the case of a group's name", async () => {
    const { make, stack } = imaginedAzure();
    await group(imaginedAzure());
    const made = await make("resources:ResourceGroup", "rg", { ...here, location: "eastus2" });
    expect(await stack.diff(made, { ...here, location: "East US 2" })).toMatchObject({ changed: false });
    const identity = await make("managedidentity:UserAssignedIdentity", "who", here);
    const same = { resourceGroupName: "RG" };
    expect(await stack.diff(identity, same)).toMatchObject({ changed: false });
  });

  it("replaces nothing where the program begins to say what Azure had filled in", async () => {
    const { make, stack } = imaginedAzure();
    await make("resources:ResourceGroup", "rg", here);
    const made = await make("network:PublicIPAddress", "ip", here);
    const wanted = { ...here, publicIPAddressVersion: "IPv4" };
    expect(await stack.diff(made, wanted)).toMatchObject({ changed: true, replaces: [] });
    const other = { ...here, publicIPAddressVersion: "IPv6" };
    expect(await stack.diff(made, other)).toMatchObject({ replaces: ["publicIPAddressVersion"] });
  });

  it("updates a resource of an older version of the API, which the SDK's aliases find", async () => {
    const { make, stack } = imaginedAzure();
    const made = await make("resources:ResourceGroup", "rg", here);
    const { azureApiVersion: _, ...oldInputs } = made.inputs;
    const old = { ...made, inputs: oldInputs, outputs: { ...made.outputs, azureApiVersion: "2022-09-01" } };
    expect(await stack.diff(old, here)).toMatchObject({
      changed: true,
      differs: ["azureApiVersion"],
      replaces: [],
    });
  });
});

describe("a refresh", () => {
  it("takes over into the inputs what changed outside, and nothing else", async () => {
    const { make, stack, store } = imaginedAzure();
    const made = await make("resources:ResourceGroup", "rg", { ...here, tags: { a: "b" } });
    const [stored] = store.all("Microsoft.Resources.resourceGroups");
    store.put({ ...stored!, outputs: { ...stored!.outputs, tags: { a: "c" } } });
    const found = await stack.refresh(made);
    expect(found?.inputs).toEqual({ ...made.inputs, tags: { a: "c" } });
    expect(await stack.diff({ ...made, ...found! }, { ...here, tags: { a: "b" } })).toMatchObject({
      changed: true,
      differs: ["tags"],
    });
  });

  it("finds nothing of what is gone", async () => {
    const { make, stack, store } = imaginedAzure();
    const made = await make("resources:ResourceGroup", "rg", here);
    store.remove("Microsoft.Resources.resourceGroups", made.id.toLowerCase());
    expect(await stack.refresh(made)).toBeUndefined();
  });

  it("reads what is imported by its id, of which the inputs are made", async () => {
    const azure = imaginedAzure();
    const { nodes } = await network(azure);
    const resource = azureNative.resources["azure-native:network:Subnet"]!;
    const found = await resource.read(
      { id: nodes.id, outputs: undefined, inputs: undefined },
      { urn, configuration: azure.azure, signal: new AbortController().signal, log: () => undefined },
    );
    expect(found?.inputs).toMatchObject({
      resourceGroupName: "rg",
      virtualNetworkName: "vnet",
      subnetName: "nodes",
      addressPrefix: "10.0.0.0/20",
    });
    expect(found?.inputs).not.toHaveProperty("provisioningState");
  });
});

describe("an update", () => {
  it("keeps the name and the location, which a preview of it knows", async () => {
    const { make, stack } = imaginedAzure();
    const made = await make("resources:ResourceGroup", "rg", here);
    const changed = await stack.update(made, { ...here, tags: { a: "b" } });
    expect(changed.outputs).toMatchObject({ name: "rg", location: "eastus2", tags: { a: "b" } });
    const resource = azureNative.resources["azure-native:resources:ResourceGroup"]!;
    const request = { id: made.id, inputs: changed.inputs, oldInputs: made.inputs, outputs: made.outputs };
    const context = {
      urn,
      configuration: imaginedAzure().azure,
      signal: new AbortController().signal,
      log: () => undefined,
    };
    expect(await resource.previewUpdate(request, context)).toMatchObject({ name: "rg", location: "eastus2" });
  });

  it("is refused of what somebody else deleted", async () => {
    const { make, stack, store } = imaginedAzure();
    const made = await make("resources:ResourceGroup", "rg", here);
    store.remove("Microsoft.Resources.resourceGroups", made.id.toLowerCase());
    await expect(stack.update(made, { ...here, tags: { a: "b" } })).rejects.toThrow(
      /ResourceNotFound: .*refresh the stack/,
    );
  });
});

describe("the same program", () => {
  it("gets the same ids and the same outputs each time", async () => {
    const [one, other] = [imaginedAzure(), imaginedAzure()];
    const [first, second] = [await network(one), await network(other)];
    expect(second.nodes).toEqual(first.nodes);
    expect(second.address.outputs).toEqual(first.address.outputs);
  });

  it("is told once for each thing that stands for the rest that nothing is made", async () => {
    const azure = imaginedAzure();
    await network(azure);
    expect(new Set(azure.stack.logged)).toEqual(
      new Set(["this is keelson's embedded stand-in for Azure: nothing is made in any cloud"]),
    );
  });
});
