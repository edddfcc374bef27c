import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Eks, EksArgs } from "../../../../components/clusters/eks.ts";
import { clusterOf } from "../../../support/aws-cloud.ts";
import { type Registration, secretsOf } from "../../../support/engine.ts";

let eks: Eks;
let all: readonly Registration[];
beforeAll(async () => {
  ({ eks, all } = await clusterOf());
});

const made = async (args: Partial<EksArgs>, then?: (cluster: Eks) => unknown) =>
  (await clusterOf(args, then)).all;
const ofType = (type: string, among = all) => among.filter((each) => each.type.endsWith(`:${type}`));
const one = (type: string, name: string, among = all) =>
  ofType(type, among).find((each) => each.name === `production${name}`)!;
const valueOf = <Value>(output: pulumi.Output<Value>) =>
  new Promise<Value>((resolve) => void output.apply(resolve));
/** Whether something waits, at some remove, for something else. */
function waits(later: Registration, earlier: Registration, among = all): boolean {
  return later.dependencies.some(
    (urn) => urn === earlier.urn || among.some((each) => each.urn === urn && waits(each, earlier, among)),
  );
}

describe("a cluster on EKS", () => {
  it("[O11] has a network 10.0.0.0/16 in us-west-2 over three zones, with public and private subnets", () => {
    expect(one("aws", "").inputs).toMatchObject({ region: "us-west-2" });
    expect(one("Vpc", "").inputs["cidrBlock"]).toBe("10.0.0.0/16");
    const subnets = ofType("Subnet").map(({ name, inputs }) => [
      name.replace("production-", ""),
      inputs["availabilityZone"],
      inputs["cidrBlock"],
    ]);
    expect(subnets).toEqual([
      ["private-1", "us-west-2a", "10.0.0.0/18"],
      ["private-2", "us-west-2b", "10.0.64.0/18"],
      ["private-3", "us-west-2c", "10.0.128.0/18"],
      ["public-1", "us-west-2a", "10.0.192.0/20"],
      ["public-2", "us-west-2b", "10.0.208.0/20"],
      ["public-3", "us-west-2c", "10.0.224.0/20"],
    ]);
  });

  it("[O11] has 3 to 10 managed nodes of the type t3.xlarge, a current Kubernetes and an OIDC provider", () => {
    expect(ofType("NodeGroup").map(({ name }) => name)).toEqual(["production-general"]);
    expect(one("NodeGroup", "-general").inputs).toMatchObject({
      instanceTypes: ["t3.xlarge"],
      scalingConfig: { minSize: 3, desiredSize: 3, maxSize: 10 },
      version: "1.36",
    });
    expect(one("Cluster", "").inputs["version"]).toBe("1.36");
    expect(one("OpenIdConnectProvider", "").inputs["url"]).toMatch(/^https:\/\/oidc\.eks/);
  });

  it("[G18] lets nodes out by a gateway in each zone, or by one for all, and nobody in", async () => {
    const wayOut = (zone: number, among = all) =>
      one("Route", `-private-${zone}`, among).inputs["natGatewayId"];
    expect([1, 2, 3].map((zone) => wayOut(zone))).toEqual([
      "production-nat-1-id",
      "production-nat-2-id",
      "production-nat-3-id",
    ]);
    const frugal = await made({ nat: "one" });
    expect([1, 2, 3].map((zone) => wayOut(zone, frugal))).toEqual(Array(3).fill("production-nat-1-id"));
    expect(ofType("NatGateway", frugal)).toHaveLength(1);
    const { subnetIds } = one("NodeGroup", "-general").inputs;
    expect(subnetIds).toEqual([1, 2, 3].map((zone) => `production-private-${zone}-id`));
    const internet = ofType("Route").filter(({ inputs }) => inputs["gatewayId"]);
    expect(internet.map(({ inputs }) => inputs["routeTableId"])).toEqual(["production-public-id"]);
  });

  it("[G18] answers at a private endpoint, and at a public one from stated networks alone", async () => {
    const { vpcConfig } = one("Cluster", "").inputs;
    expect(vpcConfig).toMatchObject({
      endpointPrivateAccess: true,
      endpointPublicAccess: true,
      publicAccessCidrs: ["203.0.113.0/24"],
    });
    const hidden = one("Cluster", "", await made({ access: [] })).inputs["vpcConfig"];
    expect(hidden).toMatchObject({ endpointPrivateAccess: true, endpointPublicAccess: false });
    expect(hidden).not.toHaveProperty("publicAccessCidrs");
  });

  it("[G18] encrypts Secrets, disks, volumes, logs and backups, each by a key of its own that is renewed", () => {
    const key = (purpose: string) => `arn:aws:kms:us-west-2:123456789012:key/production-${purpose}`;
    expect(one("Cluster", "").inputs["encryptionConfig"]).toEqual({
      provider: { keyArn: key("secrets") },
      resources: ["secrets"],
    });
    const [disk] = one("LaunchTemplate", "-general").inputs["blockDeviceMappings"];
    expect(disk.ebs).toMatchObject({ encrypted: "true", kmsKeyId: key("volumes") });
    expect(one("StorageClass", "-gp3").inputs["parameters"]).toEqual({
      type: "gp3",
      encrypted: "true",
      kmsKeyId: key("volumes"),
    });
    for (const { inputs } of ofType("LogGroup")) expect(inputs["kmsKeyId"]).toBe(key("logs"));
    for (const { inputs } of ofType("Key")) expect(inputs["enableKeyRotation"]).toBe(true);
    expect(ofType("Key")).toHaveLength(4);
  });

  it("[G18] logs all that its control plane does, into a group that is there before it", () => {
    const types = ["api", "audit", "authenticator", "controllerManager", "scheduler"];
    expect(one("Cluster", "").inputs["enabledClusterLogTypes"]).toEqual(types);
    expect(one("LogGroup", "-control-plane").inputs["name"]).toBe("/aws/eks/production/cluster");
    expect(one("Cluster", "").dependencies).toContain(one("LogGroup", "-control-plane").urn);
  });

  it("[G18] keeps pods from the credentials of their node, and gives rights to single service accounts", () => {
    for (const { inputs } of ofType("LaunchTemplate"))
      expect(inputs["metadataOptions"]).toMatchObject({ httpTokens: "required", httpPutResponseHopLimit: 1 });
    const trusted = ofType("Role").flatMap(({ inputs }) => {
      const { Condition } = JSON.parse(inputs["assumeRolePolicy"]).Statement[0];
      const account = Condition?.StringEquals;
      return account
        ? [
            `${account["aws:RequestTag/eks-cluster-name"]}: ${account["aws:RequestTag/kubernetes-namespace"]}/${account["aws:RequestTag/kubernetes-service-account"]}`,
          ]
        : [];
    });
    expect(trusted).toEqual([
      "production: kube-system/ebs-csi-controller-sa",
      "production: production/backups",
      "production: cluster-autoscaler/cluster-autoscaler",
      "production: kube-system/aws-node",
    ]);
    const ofNodes = ofType("RolePolicyAttachment").filter(
      ({ inputs }) => inputs["role"] === "production-nodes",
    );
    expect(ofNodes.map(({ inputs }) => inputs["policyArn"].split("/").at(-1))).toEqual([
      "AmazonEC2ContainerRegistryPullOnly",
      "AmazonEKSWorkerNodePolicy",
    ]);
  });

  it("[G18] lets the autoscaler change the groups of its own cluster alone", () => {
    const { policy } = one("RolePolicy", "-cluster-autoscaler").inputs;
    const changing = JSON.parse(policy).Statement.filter(({ Action }: { Action: string[] }) =>
      Action.some((action) => !/:(Describe|Get)/.test(action)),
    );
    expect(changing).toMatchObject([
      {
        Condition: {
          StringEquals: { "aws:ResourceTag/k8s.io/cluster-autoscaler/production": "owned" },
        },
      },
    ]);
    const release = one("Release", "-cluster-autoscaler").inputs["values"];
    expect(release).toMatchObject({
      autoDiscovery: { clusterName: "production" },
      awsRegion: "us-west-2",
      rbac: { serviceAccount: { name: "cluster-autoscaler" } },
    });
    expect(parse(release.expanderPriorities)).toEqual({
      30: [".*-general-.*"],
      20: [".*-memory-.*"],
      10: [".*-gpu-.*"],
    });
  });

  it("[G18] has network policies enforced, and all that nodes need before there are any", () => {
    const cni = one("Addon", "-vpc-cni");
    expect(JSON.parse(cni.inputs["configurationValues"])).toEqual({ enableNetworkPolicy: "true" });
    const general = one("NodeGroup", "-general");
    for (const name of ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"])
      expect(waits(general, one("Addon", `-${name}`)), name).toBe(true);
    for (const name of ["coredns", "aws-ebs-csi-driver", "metrics-server"])
      expect(waits(one("Addon", `-${name}`), general), name).toBe(true);
    expect(one("Cluster", "").inputs["bootstrapSelfManagedAddons"]).toBe(false);
  });

  it("[G18] tells the target of its nodes, storage class, entry and add-ons, metrics among those that it has", async () => {
    expect(eks.cluster).toMatchObject({
      storageClass: "gp3",
      entry: { kind: "ingress", class: "traefik", namespace: "traefik" },
      features: { certManager: true, cloudNativePg: true, keda: { namespace: "keda" } },
    });
    expect(eks.cluster.nodes).toMatchObject([
      { count: 10, labels: { "keelson.pool": "production-general" } },
      { count: 6, labels: { "keelson.pool": "production-memory" } },
    ]);
    const [general, memory] = eks.cluster.nodes;
    expect(general!.cpus).toBeLessThan(4);
    expect(general!.memoryGiB).toBeLessThan(16);
    expect(memory!.memoryGiB).toBeGreaterThan(48);
    const installed = await made({}, ({ cluster }) => [
      cluster.install!("metrics"),
      cluster.install!("entry"),
    ]);
    const charts = ofType("Release", installed).map(({ inputs }) => inputs["chart"]);
    expect(charts).toEqual(["cluster-autoscaler", "traefik"]);
  });

  it("[G18] answers the entry with a network load balancer that bears the cluster's tags", async () => {
    const tagged = await made({ tags: { team: "platform" } }, ({ cluster }) => cluster.install!("entry"));
    const { service } = one("Release", "-traefik", tagged).inputs["values"];
    const prefix = "service.beta.kubernetes.io/aws-load-balancer";
    expect(service.annotations).toEqual({
      [`${prefix}-type`]: "nlb",
      [`${prefix}-cross-zone-load-balancing-enabled`]: "true",
      [`${prefix}-additional-resource-tags`]: "keelson=production,team=platform",
    });
  });

  it("[O3] makes nodes with more memory when something needs them, and those for graphics where they are asked for", async () => {
    const grown = await made({ pools: { gpu: {} } }, ({ cluster }) =>
      cluster.nodes.forEach(({ make }) => make?.()),
    );
    expect(ofType("NodeGroup", grown).map(({ name }) => name)).toEqual([
      "production-general",
      "production-gpu",
      "production-memory",
    ]);
    expect(one("NodeGroup", "-memory", grown).inputs).toMatchObject({
      instanceTypes: ["r6i.2xlarge"],
      scalingConfig: { minSize: 0, desiredSize: 3, maxSize: 6 },
      labels: { "keelson.pool": "production-memory" },
    });
    expect(one("NodeGroup", "-gpu", grown).inputs["taints"]).toEqual([
      { key: "nvidia.com/gpu", value: "true", effect: "NO_SCHEDULE" },
    ]);
    const other = await clusterOf({ pools: { memory: false, gpu: {} } });
    expect(other.eks.cluster.nodes).toMatchObject([
      { labels: { "keelson.pool": "production-general" } },
      { labels: { "keelson.pool": "production-gpu" }, gpus: 1, taints: { "nvidia.com/gpu": "true" } },
    ]);
  });

  it("[G18] gives a kubeconfig that is secret, asks the AWS CLI for a token, and comes after nodes and storage class", async () => {
    expect(await pulumi.isSecret(eks.kubeconfig)).toBe(true);
    const { clusters, users } = parse(await valueOf(eks.kubeconfig));
    expect(clusters[0].cluster).toEqual({
      server: "https://production.eks.example.com",
      "certificate-authority-data": "Y2VydGlmaWNhdGU=",
    });
    expect(users[0].user.exec).toMatchObject({
      command: "aws",
      args: ["eks", "get-token", "--cluster-name", "production", "--region", "us-west-2", "--output", "json"],
    });
    const inside = ofType("kubernetes").find(({ name }) => name === "production-inside")!;
    expect(secretsOf(inside)).toHaveLength(1);
    expect(waits(inside, one("NodeGroup", "-general"))).toBe(true);
    const used = await made({}, ({ kubeconfig }) => new k8s.Provider("platform", { kubeconfig }));
    const platform = used.find(({ name }) => name === "platform")!;
    for (const [type, name] of [
      ["StorageClass", "-gp3"],
      ["Release", "-cluster-autoscaler"],
      ["Addon", "-aws-ebs-csi-driver"],
    ] as const)
      expect(waits(platform, one(type, name, used), used), type).toBe(true);
  });

  it("keeps cluster, network, keys, zone and bucket from being deleted until that is switched off", async () => {
    const guarded = ["Cluster", "Vpc", "Key", "Bucket", "Zone"];
    const states = (among: readonly Registration[]) =>
      guarded.flatMap((type) => ofType(type, among).map(({ protect }) => protect));
    expect(new Set(states(await made({ zone: "ai.example.com" })))).toEqual(new Set([true]));
    const free = await made({ zone: "ai.example.com", deletionProtection: false });
    expect(new Set(states(free))).toEqual(new Set([false]));
    expect(one("Cluster", "", free).inputs["deletionProtection"]).toBe(false);
    expect(one("Cluster", "").inputs["deletionProtection"]).toBe(true);
  });

  it("puts its tags onto all that the provider makes, and onto what AWS makes of it", async () => {
    const tagged = await made({ tags: { team: "platform" } });
    const tags = { keelson: "production", team: "platform" };
    const { defaultTags } = one("aws", "", tagged).inputs;
    expect(typeof defaultTags === "string" ? JSON.parse(defaultTags) : defaultTags).toEqual({ tags });
    for (const specification of one("LaunchTemplate", "-general", tagged).inputs["tagSpecifications"])
      expect(specification.tags).toMatchObject(tags);
    const { configurationValues } = one("Addon", "-aws-ebs-csi-driver", tagged).inputs;
    expect(JSON.parse(configurationValues).controller.extraVolumeTags).toEqual(tags);
  });

  it("lets others in by entries that are listed, and nobody by a ConfigMap", async () => {
    const role = "arn:aws:iam::123456789012:role/support";
    const shared = await made({ viewers: [role] });
    expect(one("Cluster", "", shared).inputs["accessConfig"].authenticationMode).toBe("API");
    expect(ofType("AccessPolicyAssociation", shared).map(({ inputs }) => inputs)).toMatchObject([
      { principalArn: role, policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy" },
    ]);
  });
});
