import type { ResourceValidationPolicy } from "@pulumi/policy";
import { compounds } from "../views/compound.ts";
import { UNKNOWN } from "../views/read.ts";

/**
 * Refuses namespaces that let in containers which the other rules would refuse, from whichever program they come (CIS
 * Kubernetes 5.2.1; PSS restricted). A Docker host has no such gate.
 */
export const podSecurity: ResourceValidationPolicy = {
  name: "pod-security",
  description: "Every namespace enforces the restricted Pod Security Standard, or says why it can't.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps:
    "Set the label `pod-security.kubernetes.io/enforce: restricted`, or state the reason in `keelson/pod-security`.",
  tags: ["CIS Kubernetes 5.2.1", "PSS restricted"],
  validateResource: (resource, report) => {
    for (const { title, standard, reason } of compounds(resource)) {
      if (standard === UNKNOWN || standard === "restricted" || reason !== undefined) continue;
      report(
        `${title} enforces ${standard === undefined ? "no Pod Security Standard" : `the standard "${standard}"`}; ` +
          "set the label pod-security.kubernetes.io/enforce to restricted, " +
          "or state the reason in the annotation keelson/pod-security",
      );
    }
  },
};
