import type { ResourceValidationPolicy } from "@pulumi/policy";
import { controlPlanes, EVERYWHERE } from "../views/control-plane.ts";

/** Refuses clusters whose API server answers the whole internet. */
export const controlPlaneAccess: ResourceValidationPolicy = {
  name: "control-plane-access",
  description: "Every cluster's API server is reached from stated networks only.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps: "Name the networks that work with the cluster, or give it a private endpoint only.",
  tags: ["CIS EKS 5.4.1", "CIS GKE 5.6.3", "CKV_AWS_38", "CKV_AZURE_6", "CKV_GCP_20"],
  validateResource: (resource, report) => {
    for (const { title, access } of controlPlanes(resource)) {
      if (!access.some((network) => network === EVERYWHERE || network === "::/0")) continue;
      report(`${title} answers the whole internet; name the networks from which it is used`);
    }
  },
};
