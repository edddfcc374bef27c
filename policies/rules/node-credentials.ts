import type { ResourceValidationPolicy } from "@pulumi/policy";
import { nodeMachines } from "../views/node.ts";

/** Refuses nodes whose metadata service gives any pod the rights of the node. */
export const nodeCredentials: ResourceValidationPolicy = {
  name: "node-credentials",
  description: "No node gives its own credentials to pods.",
  enforcementLevel: "mandatory",
  severity: "critical",
  remediationSteps:
    "EKS: `metadataOptions.httpTokens: required` in the launch template; GKE: `workloadMetadataConfig.mode: GKE_METADATA`.",
  tags: ["CIS GKE 5.4.1", "CKV_AWS_79", "CKV_GCP_69"],
  validateResource: (resource, report) => {
    for (const { title, guardsCredentials } of nodeMachines(resource)) {
      if (guardsCredentials === false)
        report(
          `${title} gives its credentials to whoever asks; set httpTokens to required (GKE: the mode GKE_METADATA)`,
        );
    }
  },
};
