/** Clusters. Source of the facts: https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/eks/cluster.go */
import { characters } from "../../cloud/ids.ts";
import { named } from "../../cloud/names.ts";
import { rangeOf } from "../../cloud/networks.ts";
import { text } from "../../cloud/values.ts";
import type { InputsOf, Properties } from "../../provider/property.ts";
import { matches, oneOf } from "../../provider/validate.ts";
import { MADE_AT, onAws, output, regional, tagged } from "../define.ts";
import { ec2Id } from "../ec2/ids.ts";
import { problemOfNetwork } from "./network.ts";

const properties = {
  ...regional,
  ...tagged,
  accessConfig: {
    type: {
      object: {
        authenticationMode: {
          type: "string",
          computed: true,
          validate: oneOf("API", "API_AND_CONFIG_MAP", "CONFIG_MAP"),
        },
        bootstrapClusterCreatorAdminPermissions: { type: "boolean", default: true, replaces: true },
      },
    },
    computed: true,
  },
  bootstrapSelfManagedAddons: { type: "boolean", default: true, replaces: true },
  deletionProtection: { type: "boolean", computed: true },
  enabledClusterLogTypes: { type: { set: "string" } },
  encryptionConfig: {
    type: {
      object: {
        provider: { type: { object: { keyArn: { type: "string", required: true } } }, required: true },
        resources: { type: { set: "string" }, required: true },
      },
    },
    // What is encrypted stays so; official plugins make another cluster of one that is to be without.
    replaces: true,
  },
  kubernetesNetworkConfig: {
    type: {
      object: {
        ipFamily: { type: "string", computed: true, replaces: true, validate: oneOf("ipv4", "ipv6") },
        serviceIpv4Cidr: { type: "string", computed: true, replaces: true, validate: rangeOf(12, 24) },
        serviceIpv6Cidr: output,
      },
    },
    computed: true,
  },
  name: {
    type: "string",
    autoName: true,
    computed: true,
    replaces: true,
    validate: named({
      pattern: /^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/,
      allowed: "1 to 100 letters, digits, - and _, a letter or digit first",
    }),
  },
  roleArn: { type: "string", required: true, replaces: true },
  upgradePolicy: {
    type: {
      object: { supportType: { type: "string", computed: true, validate: oneOf("STANDARD", "EXTENDED") } },
    },
    computed: true,
  },
  version: { type: "string", computed: true, validate: matches(/^1\.\d{2}$/) },
  vpcConfig: {
    type: {
      object: {
        clusterSecurityGroupId: output,
        endpointPrivateAccess: { type: "boolean", default: false },
        endpointPublicAccess: { type: "boolean", default: true },
        publicAccessCidrs: { type: { set: "string" }, computed: true },
        securityGroupIds: { type: { set: "string" } },
        subnetIds: { type: { set: "string" }, required: true },
        vpcId: output,
      },
    },
    required: true,
  },
  zonalShiftConfig: { type: { object: { enabled: { type: "boolean" } } } },
  arn: output,
  certificateAuthority: { type: { object: { data: output } }, output: true },
  clusterId: output,
  createdAt: output,
  endpoint: output,
  identities: {
    type: { list: { object: { oidcs: { type: { list: { object: { issuer: output } } }, output: true } } } },
    output: true,
  },
  platformVersion: output,
  status: output,
} as const satisfies Properties;

export type ClusterInputs = InputsOf<typeof properties>;

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_Logging.html */
const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** The control plane of this machine stands for every cluster's; who may use it is decided there. */
export const cluster = onAws({
  type: "clusters",
  announces: true,
  schemaVersion: 1,
  timeouts: { create: 1800, update: 3600, delete: 900 },
  properties,
  references: [
    { at: "roleArn", to: "roles", by: "arn", holds: false },
    { at: "encryptionConfig.provider.keyArn", to: "keys", by: "arn", holds: false },
    { at: "vpcConfig.subnetIds", to: "subnets" },
    { at: "vpcConfig.securityGroupIds", to: "security-groups" },
  ],
  judge(inputs, { configuration }) {
    const unknown = (inputs.enabledClusterLogTypes ?? []).filter((each) => !LOG_TYPES.includes(each));
    if (unknown.length > 0)
      return `InvalidParameterException: unsupported log type ${unknown.join(", ")}: allowed are ${LOG_TYPES.join(", ")}`;
    const resources = inputs.encryptionConfig?.resources ?? ["secrets"];
    if (resources.some((each) => each !== "secrets"))
      return "InvalidParameterException: encryptionConfig.resources may name secrets only";
    return problemOfNetwork(inputs, configuration.store);
  },
  idOf: ({ name }) => name,
  async outputsOf(inputs, { id, configuration, known }) {
    const { endpoint, certificateAuthority, version } = await configuration.localCluster.connection();
    const { accessConfig, kubernetesNetworkConfig, vpcConfig } = inputs;
    return {
      accessConfig: {
        authenticationMode: "CONFIG_MAP",
        bootstrapClusterCreatorAdminPermissions: true,
        ...accessConfig,
      },
      deletionProtection: inputs.deletionProtection ?? false,
      kubernetesNetworkConfig: {
        ipFamily: "ipv4",
        serviceIpv4Cidr: "172.20.0.0/16",
        serviceIpv6Cidr: "",
        ...kubernetesNetworkConfig,
      },
      upgradePolicy: { supportType: "EXTENDED", ...inputs.upgradePolicy },
      version: inputs.version ?? known?.version ?? minorOf(version),
      vpcConfig: {
        publicAccessCidrs: vpcConfig.endpointPublicAccess ? ["0.0.0.0/0"] : [],
        ...vpcConfig,
        clusterSecurityGroupId: ec2Id("sg", id),
        vpcId: text(configuration.store.get("subnets", vpcConfig.subnetIds[0] ?? "")?.outputs["vpcId"]),
      },
      arn: configuration.arn("eks", `cluster/${id}`),
      certificateAuthority: { data: certificateAuthority },
      createdAt: MADE_AT,
      endpoint,
      identities: [{ oidcs: [{ issuer: issuerOf(id, configuration.region) }] }],
      platformVersion: "eks.1",
      status: "ACTIVE",
    };
  },
  async observe(known, { configuration }) {
    const { endpoint, certificateAuthority } = await configuration.localCluster.connection();
    return { ...known, endpoint, certificateAuthority: { data: certificateAuthority } };
  },
  protected: ({ deletionProtection }, { id }) =>
    deletionProtection
      ? `InvalidRequestException: Cannot delete cluster ${id} because deletion protection is enabled: set deletionProtection to false first`
      : undefined,
});

/** https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html */
function issuerOf(name: string, region: string): string {
  return `https://oidc.eks.${region}.amazonaws.com/id/${characters(name, 32, "0123456789ABCDEF")}`;
}

/** `1.36` of `v1.36.3`. */
function minorOf(version: string): string {
  return version.replace(/^v/, "").split(".").slice(0, 2).join(".");
}
