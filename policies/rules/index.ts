import type { ResourceValidationPolicy } from "@pulumi/policy";
import { capabilities } from "./capabilities.ts";
import { clearTextSecrets } from "./clear-text-secrets.ts";
import { healthProbe } from "./health-probe.ts";
import { hostPaths } from "./host-paths.ts";
import { logRotation } from "./log-rotation.ts";
import { nonRoot } from "./non-root.ts";
import { pinnedImages } from "./pinned-images.ts";
import { privateNetwork } from "./private-network.ts";
import { privileges } from "./privileges.ts";
import { protectedData } from "./protected-data.ts";
import { publishedAddresses } from "./published-addresses.ts";
import { readOnlyRoot } from "./read-only-root.ts";
import { resourceLimits } from "./resource-limits.ts";
import { restartPolicy } from "./restart-policy.ts";

/** Every rule of the pack, in the order in which they are asked. */
export const rules: readonly ResourceValidationPolicy[] = [
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
  publishedAddresses,
  privateNetwork,
  protectedData,
  clearTextSecrets,
];
