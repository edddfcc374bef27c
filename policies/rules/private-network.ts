import type { ResourceValidationPolicy } from "@pulumi/policy";
import { runningContainers } from "../views/containers.ts";
import { networks } from "../views/network.ts";
import { UNKNOWN } from "../views/read.ts";

/**
 * Refuses networks over which containers are reached by others than their clients, and the bridge that Docker shares
 * among all containers (CIS Docker 5.30; PSS has no counterpart). An entry point states its reason in `keelson.exposure`.
 */
export const privateNetwork: ResourceValidationPolicy = {
  name: "private-network",
  description:
    "Networks are internal or keep their members apart, and no container is on Docker's default bridge.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps:
    'Set `internal: true`, or `options: { "com.docker.network.bridge.enable_icc": "false" }` for a way out; ' +
    "name networks in `networksAdvanced`. Kubernetes: name the peers in `ingress[].from`.",
  tags: ["CIS Docker 5.30"],
  validateResource: (resource, report) => {
    for (const { title, opening, reason } of networks(resource)) {
      if (opening === undefined || opening === UNKNOWN || reason !== undefined) continue;
      report(
        `${title} ${opening}; set internal, or the option com.docker.network.bridge.enable_icc to "false" ` +
          "(Kubernetes: name the peers), or state the reason in the label (Kubernetes: annotation) keelson.exposure",
      );
    }
    for (const { name, onDefaultBridge } of runningContainers(resource)) {
      if (onDefaultBridge !== true) continue;
      report(
        `container "${name}" is on Docker's default bridge with every other container that names no network; ` +
          'name its networks in networksAdvanced, or set networkMode "none"',
      );
    }
  },
};
