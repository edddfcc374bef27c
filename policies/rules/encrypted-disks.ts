import type { ResourceValidationPolicy } from "@pulumi/policy";
import { nodeMachines } from "../views/node.ts";

/** Refuses launch templates whose disks are not encrypted. Google and Azure encrypt all disks. */
export const encryptedDisks: ResourceValidationPolicy = {
  name: "encrypted-disks",
  description: "Every disk of a node is encrypted.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Name the disks in `blockDeviceMappings`, each with `encrypted: true`.",
  tags: ["CKV_AWS_3"],
  validateResource: (resource, report) => {
    for (const { title, encryptsDisks } of nodeMachines(resource)) {
      if (encryptsDisks === false)
        report(`${title} has disks that nobody said to encrypt; name each, and set encrypted`);
    }
  },
};
