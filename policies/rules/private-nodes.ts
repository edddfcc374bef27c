import type { ResourceValidationPolicy } from "@pulumi/policy";
import { nodeMachines } from "../views/node.ts";

/** Refuses nodes that the internet can open connections to. */
export const privateNodes: ResourceValidationPolicy = {
  name: "private-nodes",
  description: "No node has an address that is reached over the internet.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps:
    "GKE: `enablePrivateNodes: true`; AKS: `enableNodePublicIP: false`; EKS: no `associatePublicIpAddress`. Let them out by a NAT.",
  tags: ["CIS EKS 5.4.3", "CIS GKE 5.6.5", "CKV_AWS_88", "CKV_AZURE_143", "CKV_GCP_25"],
  validateResource: (resource, report) => {
    for (const { title, isPublic } of nodeMachines(resource)) {
      if (isPublic === true)
        report(`${title} gives nodes public addresses; make them private, and let them out by a NAT`);
    }
  },
};
