import { describe, expect, it } from "vitest";
import { eksAllocatable } from "../../../../components/clusters/node-types/index.ts";
import { newAccount, newCluster } from "./account.ts";

const nodeGroup = "aws:eks/nodeGroup:NodeGroup";

describe("a cluster of the imagined account", () => {
  it("[G18] answers with the local control plane, and says that nothing is made", async () => {
    const account = newAccount();
    const { cluster } = await newCluster(account);
    expect(cluster.outputs).toMatchObject({
      arn: "arn:aws:eks:us-west-2:111122223333:cluster/production",
      endpoint: "https://10.90.0.1:6443",
      certificateAuthority: { data: "LS0tLS1CRUdJTg==" },
      status: "ACTIVE",
      version: "1.36",
      tagsAll: { keelson: "production", Name: "production" },
    });
    expect(account.stack.logged).toContain(
      "this is keelson's embedded stand-in for AWS: nothing is made in any cloud",
    );
  });

  it("[O11] has as many nodes as its group may have at most, of the machine's allocatable size, over its zones", async () => {
    const account = newAccount();
    await newCluster(account);
    expect(account.localCluster.pools.get("production/general")).toMatchObject({
      count: 10,
      machine: "t3.xlarge",
      allocatable: eksAllocatable("t3.xlarge"),
      zones: ["us-west-2a", "us-west-2b"],
      labels: { "keelson.pool": "production-general", "eks.amazonaws.com/nodegroup": "general" },
      taints: [{ key: "dedicated", value: "ai", effect: "NoSchedule" }],
    });
  });

  it("has the same ids and outputs in another account that is asked for the same", async () => {
    const [one, other] = [await newCluster(newAccount()), await newCluster(newAccount())];
    expect(one.made).toEqual(other.made);
  });

  it("differs from its program in nothing once it is made, and a refresh finds what was made", async () => {
    const account = newAccount();
    const { made } = await newCluster(account);
    for (const each of made) {
      expect(await account.stack.diff(each, each.inputs), each.type).toMatchObject({ changed: false });
      const found = await account.stack.refresh(each);
      expect(found?.outputs, each.type).toEqual(each.outputs);
      const refreshed = { ...each, ...found };
      expect(await account.stack.diff(refreshed, each.inputs), each.type).toMatchObject({ changed: false });
    }
  });

  it("goes in the reverse order and leaves nothing, neither in the account nor in the local cluster", async () => {
    const account = newAccount();
    const { made } = await newCluster(account);
    for (const each of made.toReversed()) await account.stack.delete(each);
    expect(account.store.everything()).toEqual([]);
    expect(account.localCluster.pools.size).toBe(0);
  });

  it("is not deleted while it has nodes, nor while it is protected", async () => {
    const account = newAccount();
    const { cluster, nodes } = await newCluster(account);
    await expect(account.stack.delete(cluster)).rejects.toThrow(
      "ResourceInUseException: the cluster 'production' has dependencies and cannot be deleted: delete node group 'production:general' first",
    );
    await account.stack.delete(nodes);
    const kept = await account.stack.update(cluster, { ...cluster.inputs, deletionProtection: true });
    await expect(account.stack.delete(kept)).rejects.toThrow("deletion protection is enabled");
  });

  it("is replaced when its name, its role or its service addresses change, and updated when its version does", async () => {
    const { stack, ...account } = newAccount();
    const { cluster } = await newCluster({ stack, ...account });
    const replacing = {
      name: "another",
      roleArn: "arn:aws:iam::111122223333:role/another",
      kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: "10.100.0.0/16" },
    };
    for (const [name, value] of Object.entries(replacing)) {
      const difference = await stack.diff(cluster, { ...cluster.inputs, [name]: value });
      expect(
        difference.replaces.map((path) => path.split(/[.[]/)[0]),
        name,
      ).toContain(name);
    }
    const upgrade = await stack.diff(cluster, { ...cluster.inputs, version: "1.37" });
    expect(upgrade).toMatchObject({ changed: true, replaces: [] });
  });

  it("previews with what is not known yet", async () => {
    const { stack } = newAccount();
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const planned = await stack.preview("aws:eks/cluster:Cluster", "cluster", {
      name: "production",
      roleArn: unknown,
      vpcConfig: { subnetIds: [unknown, unknown] },
    });
    expect(planned).toMatchObject({ name: "production", roleArn: unknown, endpoint: unknown });
  });

  it("is not found by a refresh once its file is gone, and differs once its file was edited", async () => {
    const { stack, store, ...account } = newAccount();
    const { role, key } = await newCluster({ stack, store, ...account });
    store.remove("roles", role.id);
    expect(await stack.refresh(role)).toBeUndefined();
    const stored = store.get("keys", key.id)!;
    store.put({ ...stored, outputs: { ...stored.outputs, enableKeyRotation: false } });
    expect((await stack.refresh(key))?.inputs).toMatchObject({ enableKeyRotation: false });
  });
});

describe("a group of nodes", () => {
  it("is gone for a refresh when its nodes are, and can then be made anew", async () => {
    const account = newAccount();
    const { nodes } = await newCluster(account);
    account.localCluster.pools.clear();
    expect(await account.stack.refresh(nodes)).toBeUndefined();
    const again = await account.stack.create(nodeGroup, "general", nodes.inputs);
    expect(again.id).toBe("production:general");
    expect(account.localCluster.pools.size).toBe(1);
  });

  it("follows its largest size, and keeps its nodes when only the number at first differs", async () => {
    const account = newAccount();
    const { nodes } = await newCluster(account);
    const larger = { ...nodes.inputs, scalingConfig: { minSize: 3, desiredSize: 3, maxSize: 12 } };
    await account.stack.update(nodes, larger);
    expect(account.localCluster.pools.get("production/general")?.count).toBe(12);
  });

  it.each([
    [{ scalingConfig: { minSize: 4, desiredSize: 3, maxSize: 10 } }, /Minimum capacity 4/],
    [
      { instanceTypes: ["t3.huge"] },
      /sizes of the instance types t3.huge are not known here: known are t3.large/,
    ],
    [
      { clusterName: "absent" },
      /ResourceNotFoundException: the cluster 'absent' does not exist .*there is 'production'/,
    ],
    [{ scalingConfig: { minSize: 0, desiredSize: 0, maxSize: 0 } }, /'0' cannot be lower than 1/],
    [{ nodeGroupName: "-" }, /'-' is not a name that is allowed: 1 to 63 letters/],
    [{ placement: "here" }, /the embedded aws plugin does not know this input.*general.placement/],
  ])("is refused for %j", async (inputs, reason) => {
    const account = newAccount();
    const { nodes } = await newCluster(account);
    const other = { ...nodes.inputs, nodeGroupName: "other", ...inputs };
    await expect(account.stack.create(nodeGroup, "general", other)).rejects.toThrow(reason);
  });

  it("previews that a change of its template makes another version", async () => {
    const { stack, ...account } = newAccount();
    const { template } = await newCluster({ stack, ...account });
    const changed = await stack.update(template, { ...template.inputs, description: "another" });
    expect(template.outputs["latestVersion"]).toBe(1);
    expect(changed.outputs).toMatchObject({ latestVersion: 2, defaultVersion: 2 });
    expect((await stack.diff(template, { ...template.inputs, description: "another" })).changed).toBe(true);
  });
});
