import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { auditLogs } from "./audit-logs.ts";
import { capabilities } from "./capabilities.ts";
import { clearTextSecrets } from "./clear-text-secrets.ts";
import { closedNetworks } from "./closed-networks.ts";
import { controlPlaneAccess } from "./control-plane-access.ts";
import { encryptedDisks } from "./encrypted-disks.ts";
import { encryptedSecrets } from "./encrypted-secrets.ts";
import { guardedBuckets } from "./guarded-buckets.ts";
import { healthProbe } from "./health-probe.ts";
import { hostPaths } from "./host-paths.ts";
import { localAccounts } from "./local-accounts.ts";
import { logRotation } from "./log-rotation.ts";
import { nodeCredentials } from "./node-credentials.ts";
import { nonRoot } from "./non-root.ts";
import { orchestratorCredentials } from "./orchestrator-credentials.ts";
import { pinnedImages } from "./pinned-images.ts";
import { podSecurity } from "./pod-security.ts";
import { privateNetwork } from "./private-network.ts";
import { privateNodes } from "./private-nodes.ts";
import { privileges } from "./privileges.ts";
import { protectedData } from "./protected-data.ts";
import { publishedAddresses } from "./published-addresses.ts";
import { readOnlyRoot } from "./read-only-root.ts";
import { resourceLimits } from "./resource-limits.ts";
import { restartPolicy } from "./restart-policy.ts";
import { serviceVariables } from "./service-variables.ts";

/** The rules that judge resources one by one, in the order in which they are asked. */
export const resourceRules: readonly ResourceValidationPolicy[] = [
  pinnedImages,
  resourceLimits,
  healthProbe,
  restartPolicy,
  logRotation,
  nonRoot,
  privileges,
  hostPaths,
  capabilities,
  readOnlyRoot,
  orchestratorCredentials,
  serviceVariables,
  podSecurity,
  publishedAddresses,
  privateNetwork,
  protectedData,
  clearTextSecrets,
  controlPlaneAccess,
  encryptedSecrets,
  auditLogs,
  localAccounts,
  nodeCredentials,
  encryptedDisks,
  privateNodes,
];

/** Every rule of the pack; those that look at all resources together come last. */
export const rules: readonly (ResourceValidationPolicy | StackValidationPolicy)[] = [
  ...resourceRules,
  closedNetworks,
  guardedBuckets,
];
