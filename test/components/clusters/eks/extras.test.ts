import type * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { clusterOf } from "../../../support/aws-cloud.ts";
import type { Registration } from "../../../support/engine.ts";

const ofType = (type: string, all: readonly Registration[]) =>
  all.filter((each) => each.type.endsWith(`:${type}`));
const only = (type: string, all: readonly Registration[]) => ofType(type, all)[0]!.inputs;
const valueOf = <Value>(output: pulumi.Output<Value>) =>
  new Promise<Value>((resolve) => void output.apply(resolve));

describe("the bucket for backups", () => {
  it("[G18] keeps replaced versions for some days, encrypted and closed to the public, and answers by TLS alone", async () => {
    const { eks, all } = await clusterOf({ backups: { retentionDays: 14 } });
    expect(await valueOf(eks.backups.url)).toBe("s3://production-backups-123456789012-us-west-2");
    expect(only("BucketVersioning", all)["versioningConfiguration"]).toEqual({ status: "Enabled" });
    const [rule] = only("BucketLifecycleConfiguration", all)["rules"];
    expect(rule.noncurrentVersionExpiration).toEqual({ noncurrentDays: 14 });
    const [encryption] = only("BucketServerSideEncryptionConfiguration", all)["rules"];
    expect(encryption.applyServerSideEncryptionByDefault.sseAlgorithm).toBe("aws:kms");
    const { bucket, ...blocked } = only("BucketPublicAccessBlock", all);
    expect(bucket).toBe("production-backups-123456789012-us-west-2");
    expect(Object.values(blocked)).toEqual([true, true, true, true]);
    expect(JSON.parse(only("BucketPolicy", all)["policy"]).Statement).toMatchObject([
      { Effect: "Deny", Principal: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
    ]);
  });

  it("[G18] is read and written by one service account, which can't delete versions", async () => {
    const account = { namespace: "semantik", name: "saver" };
    const { all } = await clusterOf({ backups: { account } });
    const association = ofType("PodIdentityAssociation", all).find(({ name }) => name.endsWith("-backups"))!;
    expect(association.inputs).toMatchObject({ namespace: "semantik", serviceAccount: "saver" });
    const role = ofType("RolePolicy", all).find(({ name }) => name.endsWith("-backups"))!;
    const actions = JSON.parse(role.inputs["policy"]).Statement.flatMap(
      ({ Action }: { Action: string[] }) => Action,
    );
    expect(actions).toEqual(expect.arrayContaining(["s3:GetObject", "s3:PutObject", "s3:ListBucket"]));
    expect(actions.filter((action: string) => /Version|\*|Policy/.test(action))).toEqual([]);
  });
});

describe("what a cluster on EKS has if it is asked for", () => {
  it("is nothing by default", async () => {
    const { eks, all } = await clusterOf();
    for (const type of ["Budget", "Zone", "RepositoryCreationTemplate"])
      expect(ofType(type, all)).toEqual([]);
    expect(eks.registry).toBeUndefined();
    expect(await valueOf(eks.nameServers)).toEqual([]);
  });

  it("is a registry that makes repositories below the cluster's name, whose tags stay what they are", async () => {
    const { eks, all } = await clusterOf({ registry: true });
    expect(await valueOf(eks.registry!)).toBe("123456789012.dkr.ecr.us-west-2.amazonaws.com/production");
    expect(only("RepositoryCreationTemplate", all)).toMatchObject({
      prefix: "production",
      appliedFors: ["CREATE_ON_PUSH"],
      imageTagMutability: "IMMUTABLE",
    });
  });

  it("is a zone, whose name servers it tells", async () => {
    const { eks, all } = await clusterOf({ zone: "ai.example.com" });
    expect(only("Zone", all)["name"]).toBe("ai.example.com");
    expect(await valueOf(eks.nameServers)).toEqual(["ns-1.awsdns-01.org"]);
  });

  it("is an e-mail when the bill nears a sum, and when it is forecast to pass it", async () => {
    const { all } = await clusterOf({ budget: { monthlyUsd: 1500, email: "operations@example.com" } });
    const { limitAmount, notifications } = only("Budget", all);
    expect(limitAmount).toBe("1500");
    expect(notifications).toMatchObject([
      { notificationType: "ACTUAL", threshold: 80, subscriberEmailAddresses: ["operations@example.com"] },
      { notificationType: "FORECASTED", threshold: 100 },
    ]);
  });

  it("is an issuer of certificates, once something asks for them", async () => {
    const certificates = { email: "operations@example.com" };
    const { all } = await clusterOf({ certificates }, ({ cluster }) => cluster.install!("certManager"));
    const issuer = ofType("ClusterIssuer", all)[0]!;
    expect(issuer.inputs["spec"].acme.email).toBe("operations@example.com");
  });
});

describe("a cluster on EKS where something is there already", () => {
  const privateSubnetIds = ["subnet-a", "subnet-b"];

  it("[G18] is made in a network that is there, which stays as it is", async () => {
    const { all } = await clusterOf({ existing: { privateSubnetIds } });
    for (const type of ["Vpc", "Subnet", "NatGateway", "Route", "VpcEndpoint", "FlowLog"])
      expect(ofType(type, all), type).toEqual([]);
    expect(only("Cluster", all)["vpcConfig"].subnetIds).toEqual(privateSubnetIds);
    expect(only("NodeGroup", all)["subnetIds"]).toEqual(privateSubnetIds);
    expect(ofType("Addon", all)).toHaveLength(6);
  });

  it("[G18] gives a cluster that is there nodes, a bucket and add-ons of its own, and nothing else", async () => {
    const existing = { cluster: "shared", privateSubnetIds, present: ["metrics", "certManager"] as const };
    const { eks, all } = await clusterOf({ existing }, ({ cluster }) => [
      cluster.install!("certManager"),
      cluster.install!("keda"),
    ]);
    for (const type of ["Cluster", "Addon", "AccessEntry", "StorageClass", "Vpc", "OpenIdConnectProvider"])
      expect(ofType(type, all), type).toEqual([]);
    expect(only("NodeGroup", all)).toMatchObject({ clusterName: "shared", version: "1.35" });
    expect(ofType("PodIdentityAssociation", all).map(({ inputs }) => inputs["clusterName"])).toEqual([
      "shared",
    ]);
    const role = ofType("Role", all).find(({ name }) => name.endsWith("-backups"))!;
    const { StringEquals } = JSON.parse(role.inputs["assumeRolePolicy"]).Statement[0].Condition;
    expect(StringEquals["aws:RequestTag/eks-cluster-name"]).toBe("shared");
    expect(ofType("Release", all).map(({ inputs }) => inputs["chart"])).toEqual(["keda"]);
    expect(eks.cluster.storageClass).toBeUndefined();
    expect(await valueOf(eks.kubeconfig)).toContain("--cluster-name\n");
    expect(await valueOf(eks.kubeconfig)).toContain("https://shared.eks.example.com");
  });

  it("has the storage class that is named for it", async () => {
    const { eks } = await clusterOf({
      existing: { cluster: "shared", privateSubnetIds, storageClass: "fast" },
    });
    expect(eks.cluster.storageClass).toBe("fast");
  });
});
