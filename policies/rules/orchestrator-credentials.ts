import type { ResourceValidationPolicy } from "@pulumi/policy";
import { runningContainers } from "../views/containers.ts";

/**
 * Refuses containers that get credentials for what runs them, unless the label or annotation `keelson.identity` says what
 * they need them for (CIS Kubernetes 5.1.6; CKV_K8S_38).
 */
export const orchestratorCredentials: ResourceValidationPolicy = {
  name: "orchestrator-credentials",
  description: "No container gets credentials for what runs it, or it says what for.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps:
    "Kubernetes: set `automountServiceAccountToken: false`, or state the reason in `keelson/identity`.",
  tags: ["CIS Kubernetes 5.1.6", "CKV_K8S_38"],
  validateResource: (resource, report) => {
    for (const { name, commandsOrchestrator, identityReason } of runningContainers(resource)) {
      if (commandsOrchestrator !== true || identityReason !== undefined) continue;
      report(
        `container "${name}" gets the token of its service account; set automountServiceAccountToken false, ` +
          "or state the reason in the annotation keelson/identity of the pod",
      );
    }
  },
};
