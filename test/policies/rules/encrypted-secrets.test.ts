import { encryptedSecrets } from "../../../policies/rules/encrypted-secrets.ts";
import { notKnownYet } from "../../support/audit.ts";
import { aksCluster, eksCluster, gkeCluster, launchTemplate } from "../cloud-examples.ts";
import { judge } from "../judge.ts";

judge(
  encryptedSecrets,
  {
    passes: [
      ["EKS with a key", eksCluster()],
      ["GKE with a key", gkeCluster()],
      ["GKE of which it is not known yet", gkeCluster({ databaseEncryption: { state: notKnownYet } })],
      ["AKS with a key", aksCluster()],
      ["what is no control plane", launchTemplate()],
    ],
    fails: [
      ["EKS without a key", eksCluster({ encryptionConfig: undefined }), /"ai" encrypts no Secrets/],
      ["GKE that leaves it to Google", gkeCluster({ databaseEncryption: { state: "DECRYPTED" } }), /GKE/],
      ["AKS without a key", aksCluster({ securityProfile: undefined }), /the AKS cluster "ai"/],
    ],
  },
  "G18",
);
