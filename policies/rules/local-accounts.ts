import type { ResourceValidationPolicy } from "@pulumi/policy";
import { controlPlanes } from "../views/control-plane.ts";

/** Refuses accounts that outlive whoever leaves: certificates and passwords that the cloud's own accounts know nothing of. */
export const localAccounts: ResourceValidationPolicy = {
  name: "local-accounts",
  description:
    "No cluster has accounts, certificates or rights beside those of the cloud and of Kubernetes' roles.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps:
    "AKS: `disableLocalAccounts: true`; GKE: `issueClientCertificate: false` and `enableLegacyAbac: false`.",
  tags: ["CIS GKE 5.8.1", "CIS GKE 5.8.3", "CKV_AZURE_141", "CKV_GCP_7", "CKV_GCP_13"],
  validateResource: (resource, report) => {
    for (const { title, hasOwnAccounts } of controlPlanes(resource)) {
      if (hasOwnAccounts === true)
        report(`${title} lets in accounts of its own; set them off, and let in accounts of the cloud`);
    }
  },
};
