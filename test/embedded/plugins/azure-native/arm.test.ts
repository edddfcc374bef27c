import { describe, expect, it } from "vitest";
import { text } from "../../../support/recordings.ts";
import { group, here, imaginedAzure, network } from "./stack.ts";

describe("Azure Resource Manager", () => {
  it("makes nothing in a group or in another resource that is not there", async () => {
    const azure = imaginedAzure();
    const { make } = azure;
    await expect(make("managedidentity:UserAssignedIdentity", "who", here)).rejects.toThrow(
      "ResourceGroupNotFound: resource group 'rg' could not be found",
    );
    await group(azure);
    const subnet = { ...here, virtualNetworkName: "vnet", addressPrefix: "10.0.0.0/24" };
    await expect(make("network:Subnet", "nodes", subnet)).rejects.toThrow(
      /^ParentResourceNotFound: .*virtualNetworks\/vnet' could not be found$/,
    );
  });

  it("knows the provider's subscription alone", async () => {
    const { make } = imaginedAzure();
    const scope = "/subscriptions/99999999-0000-0000-0000-000000000000";
    await expect(
      make("authorization:ManagementLockByScope", "kept", { scope, level: "CanNotDelete" }),
    ).rejects.toThrow(/^SubscriptionNotFound: /);
  });

  it("makes nothing twice, and says where it is remembered", async () => {
    const azure = imaginedAzure();
    await group(azure);
    await expect(group(azure)).rejects.toThrow(
      /^cannot create already existing resource '\/subscriptions\/.*\/resourceGroups\/rg' \(in keelson's embedded stand-in for Azure: .*\.json\)$/,
    );
  });

  it("takes no reference to what is not there, and says what is", async () => {
    const azure = imaginedAzure();
    const { inside, gateway } = await network(azure);
    const wanted = { ...inside, addressPrefix: "10.0.16.0/24", natGateway: { id: `${gateway.id}x` } };
    await expect(azure.make("network:Subnet", "more", wanted)).rejects.toThrow(
      `referenced by 'natGateway.id' was not found; make it first: there is ${gateway.id}`,
    );
  });

  it("finds what is referred to whatever the case of the letters", async () => {
    const azure = imaginedAzure();
    const { inside, gateway } = await network(azure);
    const wanted = { ...inside, addressPrefix: "10.0.16.0/24", natGateway: { id: gateway.id.toUpperCase() } };
    await expect(azure.make("network:Subnet", "more", wanted)).resolves.toBeDefined();
  });

  it("deletes nothing that others use, until they are gone", async () => {
    const azure = imaginedAzure();
    const { gateway, address, nodes } = await network(azure);
    await expect(azure.stack.delete(address)).rejects.toThrow(
      `InUseResourceCannotBeDeleted: Microsoft.Network/publicIPAddresses ${text(address.outputs["name"])} is in use by ${gateway.id}`,
    );
    for (const each of [nodes, gateway, address]) await azure.stack.delete(each);
    expect(await azure.stack.refresh(address)).toBeUndefined();
  });

  it("deletes with a group all that is in it", async () => {
    const azure = imaginedAzure();
    const made = await group(azure);
    const identity = await azure.make("managedidentity:UserAssignedIdentity", "who", here);
    await azure.stack.delete(made);
    expect(await azure.stack.refresh(identity)).toBeUndefined();
    expect(azure.store.everything()).toEqual([]);
  });

  it("deletes what is gone already without a word", async () => {
    const azure = imaginedAzure();
    const made = await group(azure);
    await azure.stack.delete(made);
    await expect(azure.stack.delete(made)).resolves.toBeUndefined();
  });

  it("moves nothing to another location", async () => {
    const azure = imaginedAzure();
    const { gateway, address } = await network(azure);
    const wanted = {
      ...here,
      sku: { name: "Standard" },
      location: "westus",
      publicIpAddresses: [{ id: address.id }],
    };
    expect(await azure.stack.diff(gateway, wanted)).toMatchObject({ changed: true, replaces: [] });
    await expect(azure.stack.update(gateway, wanted)).rejects.toThrow(
      /^InvalidResourceLocation: .* already exists in location 'eastus2'/,
    );
  });
});

describe("a lock", () => {
  it("keeps what it is on, what is in that, and what that is in, from being deleted", async () => {
    const azure = imaginedAzure();
    const { vnet, nodes } = await network(azure);
    const lock = await azure.make("authorization:ManagementLockByScope", "kept", {
      scope: vnet.id,
      level: "CanNotDelete",
    });
    for (const each of [
      vnet,
      nodes,
      { ...vnet, type: "azure-native:resources:ResourceGroup", id: vnet.id.split("/providers/")[0]! },
    ])
      await expect(azure.stack.delete(each)).rejects.toThrow(`are locked: '${vnet.id}'; remove the lock`);
    await expect(azure.stack.update(vnet, { ...vnet.inputs, tags: { a: "b" } })).resolves.toBeDefined();
    await azure.stack.delete(lock);
    await azure.stack.delete(nodes);
    await expect(azure.stack.delete(vnet)).resolves.toBeUndefined();
  });

  it("that is read only refuses changes too", async () => {
    const azure = imaginedAzure();
    const made = await group(azure);
    const scope = made.id;
    await azure.make("authorization:ManagementLockByScope", "kept", { scope, level: "ReadOnly" });
    await expect(azure.make("managedidentity:UserAssignedIdentity", "who", here)).rejects.toThrow(
      /^ScopeLocked: .* cannot perform write operation/,
    );
  });
});
