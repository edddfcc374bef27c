/** Groups of nodes. Source of the facts: https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/eks/node_group.go */
import { EKS_TYPES, eksAllocatable } from "../../../../components/clusters/node-types/index.ts";
import { uuid } from "../../cloud/ids.ts";
import type { ImaginedPool } from "../../cloud/nodes.ts";
import { text } from "../../cloud/values.ts";
import { named } from "../../cloud/names.ts";
import type { OutputsOf, Properties } from "../../provider/property.ts";
import { atLeast, between, oneOf } from "../../provider/validate.ts";
import type { AwsAccount } from "../account.ts";
import { onAws, output, regional, tagged } from "../define.ts";
import { problemOfSubnets, vpcOf } from "./network.ts";

/** What EKS calls a taint's effect, and what Kubernetes does. */
const EFFECTS = {
  NO_SCHEDULE: "NoSchedule",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
  NO_EXECUTE: "NoExecute",
} as const;

const properties = {
  ...regional,
  ...tagged,
  amiType: {
    type: "string",
    computed: true,
    replaces: true,
    validate: named({
      pattern: /^(AL2_|AL2023_|BOTTLEROCKET_|WINDOWS_|CUSTOM$)\w*$/,
      allowed: "a type of image, as AL2023_x86_64_STANDARD or BOTTLEROCKET_x86_64",
    }),
  },
  capacityType: {
    type: "string",
    computed: true,
    replaces: true,
    validate: oneOf("ON_DEMAND", "SPOT", "CAPACITY_BLOCK"),
  },
  clusterName: { type: "string", required: true, replaces: true },
  diskSize: { type: "integer", computed: true, replaces: true },
  forceUpdateVersion: { type: "boolean" },
  instanceTypes: { type: { list: "string" }, computed: true, replaces: true },
  labels: { type: { map: "string" } },
  launchTemplate: {
    type: {
      object: {
        id: { type: "string", required: true, replaces: true },
        name: { type: "string", output: true },
        version: { type: "string", required: true },
      },
    },
  },
  nodeGroupName: {
    type: "string",
    autoName: true,
    computed: true,
    replaces: true,
    validate: named({
      pattern: /^[0-9A-Za-z][A-Za-z0-9_-]{0,62}$/,
      allowed: "1 to 63 letters, digits, - and _, a letter or digit first",
    }),
  },
  nodeRepairConfig: { type: { object: { enabled: { type: "boolean", default: false } } }, computed: true },
  nodeRoleArn: { type: "string", required: true, replaces: true },
  releaseVersion: { type: "string", computed: true },
  scalingConfig: {
    type: {
      object: {
        desiredSize: { type: "integer", required: true, validate: atLeast(0) },
        maxSize: { type: "integer", required: true, validate: atLeast(1) },
        minSize: { type: "integer", required: true, validate: atLeast(0) },
      },
    },
    required: true,
  },
  subnetIds: { type: { set: "string" }, required: true, replaces: true },
  taints: {
    type: {
      set: {
        object: {
          effect: { type: "string", required: true, validate: oneOf(...Object.keys(EFFECTS)) },
          key: { type: "string", required: true },
          value: { type: "string" },
        },
      },
    },
  },
  updateConfig: {
    type: {
      object: {
        maxUnavailable: {
          type: "integer",
          validate: between(1, 100),
          conflictsWith: ["maxUnavailablePercentage"],
        },
        maxUnavailablePercentage: { type: "integer", validate: between(1, 100) },
      },
    },
    computed: true,
  },
  version: { type: "string", computed: true },
  arn: output,
  resources: {
    type: {
      list: {
        object: {
          autoscalingGroups: { type: { list: { object: { name: output } } }, output: true },
          remoteAccessSecurityGroupId: output,
        },
      },
    },
    output: true,
  },
  status: output,
} as const satisfies Properties;

type NodeGroupOutputs = OutputsOf<typeof properties>;

/** Its nodes are made in the local cluster, as many as it may have at most. */
export const nodeGroup = onAws({
  type: "node-groups",
  timeouts: { create: 3600, update: 3600, delete: 3600 },
  properties,
  references: [
    { at: "clusterName", to: "clusters" },
    { at: "nodeRoleArn", to: "roles", by: "arn", holds: false },
    { at: "subnetIds", to: "subnets" },
    { at: "launchTemplate.id", to: "launch-templates", holds: false },
  ],
  judge(inputs, { configuration: { store } }) {
    const { minSize, desiredSize, maxSize } = inputs.scalingConfig;
    if (minSize > desiredSize)
      return `InvalidParameterException: Minimum capacity ${minSize} can't be greater than desired size ${desiredSize}`;
    if (desiredSize > maxSize)
      return `InvalidParameterException: desired capacity ${desiredSize} can't be greater than max size ${maxSize}`;
    const unknown = (inputs.instanceTypes ?? []).filter((type) => !Object.hasOwn(EKS_TYPES, type));
    if (unknown.length > 0)
      return `InvalidParameterException: the sizes of the instance types ${unknown.join(", ")} are not known here: known are ${Object.keys(EKS_TYPES).join(", ")}`;
    return (
      problemOfSubnets(inputs.subnetIds, 1, store) ??
      problemOfVpc(inputs.clusterName, inputs.subnetIds, store)
    );
  },
  idOf: ({ clusterName, nodeGroupName }) => `${clusterName}:${nodeGroupName}`,
  outputsOf(inputs, { id, configuration }) {
    const { clusterName, nodeGroupName, launchTemplate } = inputs;
    const { store } = configuration;
    const version = inputs.version ?? text(store.get("clusters", clusterName)?.outputs["version"]);
    const unique = uuid(id);
    return {
      amiType: inputs.amiType ?? "AL2023_x86_64_STANDARD",
      capacityType: inputs.capacityType ?? "ON_DEMAND",
      diskSize: inputs.diskSize ?? (launchTemplate ? 0 : 20),
      instanceTypes: inputs.instanceTypes ?? ["t3.medium"],
      ...(launchTemplate
        ? {
            launchTemplate: {
              ...launchTemplate,
              name: text(store.get("launch-templates", launchTemplate.id)?.outputs["name"]),
            },
          }
        : {}),
      nodeRepairConfig: { enabled: false, ...inputs.nodeRepairConfig },
      releaseVersion: inputs.releaseVersion ?? `${version}.0-imagined`,
      updateConfig: inputs.updateConfig ?? { maxUnavailable: 1 },
      version,
      arn: configuration.arn("eks", `nodegroup/${clusterName}/${nodeGroupName}/${unique}`),
      resources: [
        {
          autoscalingGroups: [{ name: `eks-${nodeGroupName}-${unique}` }],
          remoteAccessSecurityGroupId: "",
        },
      ],
      status: "ACTIVE",
    };
  },
  async made(outputs, { configuration, id, log }) {
    const pool = poolOf(outputs, configuration);
    await configuration.localCluster.setNodes(pool);
    log(
      "info",
      `${id}: ${pool.count} simulated nodes, which is the most there may be, because nothing scales them`,
    );
  },
  async observe(outputs, { configuration }) {
    const { clusterName, nodeGroupName } = outputs;
    const count = await configuration.localCluster.countNodes(clusterName ?? "", nodeGroupName ?? "");
    return count > 0 ? outputs : undefined;
  },
  removed: ({ clusterName, nodeGroupName }, { configuration }) =>
    configuration.localCluster.removeNodes(clusterName ?? "", nodeGroupName ?? ""),
});

function problemOfVpc(
  clusterName: string,
  subnetIds: readonly string[],
  store: AwsAccount["store"],
): string | undefined {
  const config = store.get("clusters", clusterName)?.outputs["vpcConfig"] as
    | { readonly vpcId?: string }
    | undefined;
  const vpcId = vpcOf(subnetIds, store)?.id;
  if (vpcId === config?.vpcId) return undefined;
  return `InvalidParameterException: Subnets are not in the VPC of the cluster: they are in ${text(vpcId)}, it is in ${text(config?.vpcId)}`;
}

/** Labels that EKS gives its nodes: https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html */
function poolOf(outputs: NodeGroupOutputs, { store, region }: AwsAccount): ImaginedPool {
  const [machine = ""] = outputs.instanceTypes ?? [];
  const group = outputs.nodeGroupName ?? "";
  const zones = (outputs.subnetIds ?? []).map((id) =>
    text(store.get("subnets", id)?.outputs["availabilityZone"]),
  );
  return {
    cluster: outputs.clusterName ?? "",
    pool: group,
    count: outputs.scalingConfig?.maxSize ?? 0,
    machine,
    allocatable: eksAllocatable(machine),
    region,
    zones: [...new Set(zones)].toSorted(),
    labels: {
      "eks.amazonaws.com/nodegroup": group,
      "eks.amazonaws.com/capacityType": outputs.capacityType ?? "",
      ...outputs.labels,
    },
    taints: (outputs.taints ?? []).map(({ key, value = "", effect }) => ({
      key,
      value: value ?? "",
      effect: EFFECTS[effect as keyof typeof EFFECTS],
    })),
  };
}
