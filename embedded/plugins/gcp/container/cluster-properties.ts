/** What clusters take and answer. Source of the facts: see ../columns.ts. */
import type { Properties } from "../../provider/property.ts";
import { atLeast, oneOf } from "../../provider/validate.ts";
import type { Value } from "../../provider/value.ts";
import { inProject, labels, output } from "../columns.ts";
import { sameName } from "../links.ts";
import { aLocation } from "../locations.ts";
import { clusterName, labelRules } from "../rules.ts";
import { choice, commonNodeConfig, switchable, withdrawable } from "./blocks.ts";
import { accessProperties } from "./cluster-access.ts";
import { maintenancePolicy } from "./maintenance.ts";

const addonsConfig = {
  type: {
    object: {
      dnsCacheConfig: switchable,
      gcePersistentDiskCsiDriverConfig: switchable,
      gcpFilestoreCsiDriverConfig: switchable,
      gcsFuseCsiDriverConfig: switchable,
      gkeBackupAgentConfig: switchable,
      horizontalPodAutoscaling: withdrawable,
      httpLoadBalancing: withdrawable,
      networkPolicyConfig: withdrawable,
    },
  },
  computed: true,
} as const;

const rangeName = { type: "string", computed: true, replaces: true } as const;

const ipAllocationPolicy = {
  type: {
    object: {
      clusterIpv4CidrBlock: { ...rangeName, conflictsWith: ["clusterSecondaryRangeName"] },
      clusterSecondaryRangeName: rangeName,
      servicesIpv4CidrBlock: { ...rangeName, conflictsWith: ["servicesSecondaryRangeName"] },
      servicesSecondaryRangeName: rangeName,
      stackType: { type: "string", default: "IPV4", validate: oneOf("IPV4", "IPV4_IPV6") },
    },
  },
  computed: true,
  replaces: true,
} as const;

const loggable = oneOf(
  ...["SYSTEM_COMPONENTS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER", "WORKLOADS"],
  ...["KCP_CONNECTION", "KCP_SSHD", "KCP_HPA", "KCP_VPA"],
);

function logged(value: Value): string | undefined {
  return Array.isArray(value) ? value.map(loggable).find((problem) => problem !== undefined) : undefined;
}

const observation = {
  costManagementConfig: switchable,
  loggingConfig: {
    type: {
      object: { enableComponents: { type: { set: "string" }, required: true, validate: logged } },
    },
    computed: true,
  },
  monitoringConfig: {
    type: {
      object: {
        enableComponents: { type: { set: "string" }, computed: true },
        managedPrometheus: switchable,
      },
    },
    computed: true,
  },
} as const satisfies Properties;

const networking = {
  clusterIpv4Cidr: { type: "string", computed: true, replaces: true, conflictsWith: ["ipAllocationPolicy"] },
  datapathProvider: {
    type: "string",
    computed: true,
    replaces: true,
    validate: oneOf("DATAPATH_PROVIDER_UNSPECIFIED", "LEGACY_DATAPATH", "ADVANCED_DATAPATH"),
  },
  defaultMaxPodsPerNode: { type: "integer", computed: true, replaces: true, validate: atLeast(8) },
  enableIntranodeVisibility: { type: "boolean", computed: true },
  enableL4IlbSubsetting: { type: "boolean", computed: true },
  dnsConfig: {
    type: {
      object: {
        additiveVpcScopeDnsDomain: { type: "string" },
        clusterDns: {
          type: "string",
          default: "PROVIDER_UNSPECIFIED",
          validate: oneOf("PROVIDER_UNSPECIFIED", "PLATFORM_DEFAULT", "CLOUD_DNS", "KUBE_DNS"),
        },
        clusterDnsDomain: { type: "string" },
        clusterDnsScope: {
          type: "string",
          validate: oneOf("DNS_SCOPE_UNSPECIFIED", "CLUSTER_SCOPE", "VPC_SCOPE"),
        },
      },
    },
  },
  gatewayApiConfig: {
    type: { object: { channel: choice("CHANNEL_DISABLED", "CHANNEL_EXPERIMENTAL", "CHANNEL_STANDARD") } },
    computed: true,
  },
  ipAllocationPolicy,
  network: { type: "string", default: "default", replaces: true, suppress: sameName },
  networkPolicy: {
    type: { object: { enabled: { type: "boolean", required: true }, provider: { type: "string" } } },
  },
  networkingMode: { type: "string", computed: true, replaces: true, validate: oneOf("VPC_NATIVE", "ROUTES") },
  serviceExternalIpsConfig: switchable,
  servicesIpv4Cidr: output,
  subnetwork: { type: "string", computed: true, replaces: true, suppress: sameName },
} as const satisfies Properties;

export const clusterProperties = {
  ...inProject,
  ...networking,
  ...observation,
  ...accessProperties,
  effectiveLabels: labels.effectiveLabels,
  pulumiLabels: labels.pulumiLabels,
  resourceLabels: { type: { map: "string" }, validate: labelRules },
  addonsConfig,
  deletionProtection: { type: "boolean", default: true },
  description: { type: "string", replaces: true },
  endpoint: output,
  initialNodeCount: { type: "integer", replaces: true, validate: atLeast(0) },
  location: { type: "string", computed: true, replaces: true, validate: aLocation },
  maintenancePolicy,
  masterVersion: output,
  minMasterVersion: { type: "string" },
  name: { type: "string", autoName: true, replaces: true, validate: clusterName },
  nodeConfig: { type: { object: commonNodeConfig }, computed: true, replaces: true },
  nodeLocations: { type: { set: "string" }, computed: true },
  nodeVersion: { type: "string", computed: true },
  releaseChannel: {
    type: { object: { channel: choice("UNSPECIFIED", "RAPID", "REGULAR", "STABLE", "EXTENDED") } },
    computed: true,
  },
  removeDefaultNodePool: { type: "boolean" },
  selfLink: output,
  verticalPodAutoscaling: switchable,
} as const satisfies Properties;
