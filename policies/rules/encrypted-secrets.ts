import type { ResourceValidationPolicy } from "@pulumi/policy";
import { controlPlanes } from "../views/control-plane.ts";

/** Refuses clusters that keep Secrets without a key that the customer can take back. */
export const encryptedSecrets: ResourceValidationPolicy = {
  name: "encrypted-secrets",
  description: "Every cluster encrypts its Secrets by a key of the customer's own.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps:
    "EKS: `encryptionConfig` with the resource `secrets`; GKE: `databaseEncryption`; AKS: `securityProfile.azureKeyVaultKms`.",
  tags: ["CIS EKS 5.3.1", "CIS GKE 5.3.1", "CKV_AWS_58"],
  validateResource: (resource, report) => {
    for (const { title, encryptsSecrets } of controlPlanes(resource)) {
      if (encryptsSecrets === false)
        report(`${title} encrypts no Secrets by a key of your own; name a key of the cloud's key management`);
    }
  },
};
