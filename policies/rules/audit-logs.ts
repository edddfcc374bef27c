import type { ResourceValidationPolicy } from "@pulumi/policy";
import { controlPlanes } from "../views/control-plane.ts";

/**
 * Refuses clusters that keep no record of who did what. Google keeps it in any case; on Azure a resource of its own sends it
 * somewhere, which names the cluster by an id that a preview does not know.
 */
export const auditLogs: ResourceValidationPolicy = {
  name: "audit-logs",
  description: "Every EKS cluster logs who did what.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Add `audit` to `enabledClusterLogTypes`.",
  tags: ["CIS EKS 2.1.1", "CKV_AWS_37"],
  validateResource: (resource, report) => {
    for (const { title, audits } of controlPlanes(resource)) {
      if (audits === false) report(`${title} keeps no audit log; set the log type audit`);
    }
  },
};
