import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as eks from "@pulumi/aws/eks/index.js";
import type * as kms from "@pulumi/aws/kms/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { type Pool, poolLabels, type PoolName } from "../pools.ts";
import type { EksNetwork } from "./network.ts";
import type { Role } from "./roles.ts";
import type { EksScope } from "./scope.ts";

/** What the groups of nodes of one cluster share. */
export interface NodeGroupsArgs {
  readonly clusterName: pulumi.Input<string>;
  readonly version: pulumi.Input<string>;
  readonly network: EksNetwork;
  readonly role: Role;
  readonly volumesKey: kms.Key;
  /** What nodes can't do without from their first moment on. */
  readonly after: readonly pulumi.Resource[];
}

/** What runs on a node, and where it keeps images and what pods write. */
interface Image {
  readonly amiType: string;
  /** Its disks; the size of the last one is the pool's. */
  readonly devices: readonly string[];
}

const AMAZON_LINUX: Image = { amiType: "AL2023_x86_64_STANDARD", devices: ["/dev/xvda"] };

/**
 * Bottlerocket for graphics processors brings driver and device plugin along; its first disk is the read-only system:
 * https://bottlerocket.dev/en/os/latest/#/concepts/variants/, https://docs.aws.amazon.com/eks/latest/userguide/eks-optimized-ami-bottlerocket.html
 */
const BOTTLEROCKET: Image = { amiType: "BOTTLEROCKET_x86_64_NVIDIA", devices: ["/dev/xvda", "/dev/xvdb"] };

const IMAGES: Readonly<Record<PoolName, Image>> = {
  general: AMAZON_LINUX,
  memory: AMAZON_LINUX,
  gpu: BOTTLEROCKET,
};

/** What keeps pods away that bear nothing of the kind: the cluster's own, and those of others. */
export const TAINTS: Readonly<Record<PoolName, Readonly<Record<string, string>>>> = {
  general: {},
  memory: {},
  gpu: { "nvidia.com/gpu": "true" },
};

/**
 * Makes a group of nodes, which AWS repairs and, when the version changes, replaces one by one. How many there are is the
 * autoscaler's business once the group is made. Its name is given by Pulumi, so that another type of machine makes a new group
 * before the old one goes.
 */
export function makeNodeGroup(
  name: PoolName,
  pool: Pool,
  args: NodeGroupsArgs,
  scope: EksScope,
): eks.NodeGroup {
  const { clusterName, version, network, role, after } = args;
  const template = makeLaunchTemplate(name, pool, args, scope);
  const taints = Object.entries(TAINTS[name]);
  return new eks.NodeGroup(
    `${scope.name}-${name}`,
    {
      clusterName,
      version,
      nodeRoleArn: role.arn,
      subnetIds: [...network.privateSubnetIds],
      amiType: IMAGES[name].amiType,
      capacityType: "ON_DEMAND",
      instanceTypes: [pool.type],
      launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
      scalingConfig: { minSize: pool.min, desiredSize: pool.initial, maxSize: pool.max },
      updateConfig: { maxUnavailable: 1 },
      nodeRepairConfig: { enabled: true },
      labels: poolLabels(scope.name, name),
      taints: taints.map(([key, value]) => ({ key, value, effect: "NO_SCHEDULE" })),
    },
    scope.options({ ignoreChanges: ["scalingConfig.desiredSize"], dependsOn: [...role.ready, ...after] }),
  );
}

/** Encrypted disks; and a metadata service that answers the node itself alone, lest pods take on the node's role. */
function makeLaunchTemplate(
  name: PoolName,
  pool: Pool,
  { volumesKey }: NodeGroupsArgs,
  scope: EksScope,
): ec2.LaunchTemplate {
  const fullName = `${scope.name}-${name}`;
  const { devices } = IMAGES[name];
  const disk = {
    volumeType: "gp3",
    encrypted: "true",
    kmsKeyId: volumesKey.arn,
    deleteOnTermination: "true",
  };
  return new ec2.LaunchTemplate(
    fullName,
    {
      updateDefaultVersion: true,
      blockDeviceMappings: devices.map((deviceName) => ({
        deviceName,
        ebs: { ...disk, ...(deviceName === devices.at(-1) && { volumeSize: pool.diskGiB }) },
      })),
      // https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      monitoring: { enabled: true },
      // AWS passes a group's tags on to nothing of it.
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
        resourceType,
        tags: { Name: fullName, ...scope.tags },
      })),
    },
    scope.options(),
  );
}
