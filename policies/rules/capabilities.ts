import type { ResourceValidationPolicy } from "@pulumi/policy";
import { runningContainers } from "../views/containers.ts";

/**
 * Refuses containers that keep capabilities they weren't given by name, or are given more than the short lists allow
 * (CIS Docker 5.4; CKV_K8S_25, CKV_K8S_28, CKV_K8S_37; PSS restricted).
 */
export const capabilities: ResourceValidationPolicy = {
  name: "capabilities",
  description: "Every container drops all capabilities, and adds none but the allowed ones.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps:
    'Docker: set `capabilities.drops: ["ALL"]`. Kubernetes: set `capabilities.drop: ["ALL"]`.',
  tags: ["CIS Docker 5.4", "CKV_K8S_25", "CKV_K8S_28", "CKV_K8S_37", "PSS restricted"],
  configSchema: {
    properties: {
      allowed: {
        description:
          "Capabilities, without CAP_, that any container may add. NET_BIND_SERVICE lets it listen below port 1024.",
        type: "array",
        items: { type: "string" },
        default: ["NET_BIND_SERVICE"],
      },
      allowedForJobs: {
        description:
          "Capabilities that jobs may add besides. CHOWN lets one give a new volume to the user of a service.",
        type: "array",
        items: { type: "string" },
        default: ["CHOWN"],
      },
    },
  },
  validateResource: (resource, report) => {
    const { allowed, allowedForJobs } =
      resource.getConfig<Record<"allowed" | "allowedForJobs", readonly string[]>>();
    for (const { name, life, dropsAllCapabilities, addedCapabilities } of runningContainers(resource)) {
      if (dropsAllCapabilities === false) {
        report(
          `container "${name}" keeps the capabilities of its engine; ` +
            'set capabilities.drops ["ALL"] (Kubernetes: capabilities.drop), and add those it needs by name',
        );
      }
      const accepted = life === "job" ? [...allowed, ...allowedForJobs] : allowed;
      for (const capability of addedCapabilities.filter((each) => !accepted.includes(each))) {
        report(
          `container "${name}" adds the capability ${capability}; allowed for a ${life}: ${accepted.join(", ") || "none"}; ` +
            "leave it out, or allow it in the configuration of this policy",
        );
      }
    }
  },
};
