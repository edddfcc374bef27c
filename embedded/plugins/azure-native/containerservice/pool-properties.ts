/**
 * What a pool of nodes takes and answers, by itself or among those that a cluster is made with. Not all that Azure takes is here:
 * nothing for Windows, for spot machines or for virtual machines outside a scale set.
 */
import type { Properties } from "../../provider/property.ts";
import { between, matches } from "../../provider/validate.ts";
import { choice, flag, output, tags, text, texts } from "../native/properties.ts";

/** https://learn.microsoft.com/azure/aks/custom-node-configuration */
const sysctls = {
  fsFileMax: { type: "integer", validate: between(8192, 12_000_500) },
  fsInotifyMaxUserWatches: { type: "integer", validate: between(781_250, 2_097_152) },
  netCoreSomaxconn: { type: "integer", validate: between(4096, 3_240_000) },
  vmMaxMapCount: { type: "integer", validate: between(65_530, 262_144) },
  vmSwappiness: { type: "integer", validate: between(0, 100) },
} as const satisfies Properties;

const nodeCount = { type: "integer", validate: between(0, 1000) } as const;
const version = {
  type: "string",
  validate: matches(/^\d+\.\d+(?:\.\d+)?$/),
} as const;

export const kubernetesVersion = version;

export const poolProperties = {
  availabilityZones: texts,
  count: nodeCount,
  enableAutoScaling: flag,
  minCount: nodeCount,
  maxCount: nodeCount,
  enableEncryptionAtHost: flag,
  enableFIPS: flag,
  enableNodePublicIP: flag,
  enableUltraSSD: flag,
  gpuInstanceProfile: { ...choice("MIG1g", "MIG2g", "MIG3g", "MIG4g", "MIG7g"), replaces: true },
  gpuProfile: { type: { object: { driver: choice("Install", "None") } } },
  kubeletDiskType: choice("OS", "Temporary"),
  linuxOSConfig: {
    type: {
      object: {
        swapFileSizeMB: { type: "integer" },
        sysctls: { type: { object: sysctls } },
        transparentHugePageDefrag: choice("always", "defer", "defer+madvise", "madvise", "never"),
        transparentHugePageEnabled: choice("always", "madvise", "never"),
      },
    },
  },
  maxPods: { type: "integer", validate: between(10, 250) },
  mode: choice("System", "User"),
  nodeLabels: { type: { map: "string" } },
  nodeTaints: texts,
  orchestratorVersion: version,
  osDiskSizeGB: { type: "integer", validate: between(0, 2048) },
  osDiskType: choice("Managed", "Ephemeral"),
  osSKU: choice("Ubuntu", "Ubuntu2204", "AzureLinux", "AzureLinux3"),
  osType: choice("Linux"),
  podSubnetID: text,
  powerState: { type: { object: { code: choice("Running", "Stopped") } } },
  scaleDownMode: choice("Delete", "Deallocate"),
  securityProfile: {
    type: {
      object: { enableSecureBoot: flag, enableVTPM: flag, sshAccess: choice("LocalUser", "Disabled") },
    },
  },
  tags,
  upgradeSettings: {
    type: {
      object: {
        drainTimeoutInMinutes: { type: "integer", validate: between(1, 1440) },
        maxSurge: text,
        maxUnavailable: text,
        nodeSoakDurationInMinutes: { type: "integer", validate: between(0, 30) },
        undrainableNodeBehavior: choice("Cordon", "Schedule"),
      },
    },
  },
  vmSize: { type: "string", replaces: true },
  vnetSubnetID: text,
  currentOrchestratorVersion: output,
  nodeImageVersion: output,
  provisioningState: output,
} as const satisfies Properties;

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftcontainerservice */
export const poolName = {
  pattern: /^[a-z][a-z0-9]{0,11}$/,
  allowed: "1 to 12 lower-case letters and digits, a letter first",
} as const;
