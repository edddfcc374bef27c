import type { AwsAccount } from "../../../../embedded/plugins/aws/account.ts";
import { accountOf } from "../../../../embedded/plugins/aws/account.ts";
import { awsIn } from "../../../../embedded/plugins/aws/provider.ts";
import { CloudStore } from "../../../../embedded/plugins/cloud/store.ts";
import type { Values } from "../../../../embedded/plugins/provider/value.ts";
import { ImaginedStack, RecordingCluster, type Made } from "../../../support/imagined-cloud.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

/** An empty account in us-west-2, and a stack in it. */
export function newAccount() {
  const home = temporaryFolder();
  const localCluster = new RecordingCluster();
  const store = new CloudStore("aws", home);
  const settings = { region: "us-west-2", defaultTags: { tags: { keelson: "production" } } };
  const account: AwsAccount = accountOf(settings, { store, localCluster });
  return { home, store, localCluster, stack: new ImaginedStack(awsIn(), account) };
}

export type Account = ReturnType<typeof newAccount>;

/** Trusts a service of AWS with a role. */
export const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "eks.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

const scaling = { minSize: 3, desiredSize: 3, maxSize: 10 };

/** A cluster with its network and a group of nodes, in the order in which they are made. */
export async function newCluster({ stack }: Account) {
  const made: Made[] = [];
  const make = async (type: string, name: string, inputs: Values): Promise<Made> => {
    const resource = await stack.create(type, name, inputs);
    made.push(resource);
    return resource;
  };
  const vpc = await make("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
  const subnets = await Promise.all(
    ["a", "b"].map((zone, index) =>
      make("aws:ec2/subnet:Subnet", `subnet-${zone}`, {
        vpcId: vpc.id,
        cidrBlock: `10.0.${index * 64}.0/18`,
        availabilityZone: `us-west-2${zone}`,
      }),
    ),
  );
  const role = await make("aws:iam/role:Role", "role", { assumeRolePolicy: trust });
  const key = await make("aws:kms/key:Key", "key", { enableKeyRotation: true });
  const subnetIds = subnets.map(({ id }) => id);
  const cluster = await make("aws:eks/cluster:Cluster", "cluster", {
    name: "production",
    version: "1.36",
    roleArn: role.outputs["arn"]!,
    enabledClusterLogTypes: ["audit", "api"],
    bootstrapSelfManagedAddons: false,
    accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true },
    encryptionConfig: { provider: { keyArn: key.outputs["arn"]! }, resources: ["secrets"] },
    kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: "172.20.0.0/16" },
    upgradePolicy: { supportType: "EXTENDED" },
    vpcConfig: { subnetIds, endpointPrivateAccess: true, publicAccessCidrs: ["203.0.113.0/24"] },
    tags: { Name: "production" },
  });
  const template = await make("aws:ec2/launchTemplate:LaunchTemplate", "template", {
    updateDefaultVersion: true,
    metadataOptions: { httpTokens: "required" },
    blockDeviceMappings: [
      { deviceName: "/dev/xvda", ebs: { encrypted: "true", kmsKeyId: key.outputs["arn"]! } },
    ],
  });
  const nodes = await make("aws:eks/nodeGroup:NodeGroup", "general", {
    clusterName: cluster.id,
    nodeGroupName: "general",
    nodeRoleArn: role.outputs["arn"]!,
    subnetIds,
    instanceTypes: ["t3.xlarge"],
    launchTemplate: { id: template.id, version: "1" },
    scalingConfig: scaling,
    labels: { "keelson.pool": "production-general" },
    taints: [{ key: "dedicated", value: "ai", effect: "NO_SCHEDULE" }],
  });
  return { made, vpc, subnets, role, key, cluster, template, nodes };
}
