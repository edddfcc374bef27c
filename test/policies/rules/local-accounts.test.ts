import { localAccounts } from "../../../policies/rules/local-accounts.ts";
import { notKnownYet } from "../../support/audit.ts";
import { aksCluster, eksCluster, gkeCluster } from "../cloud-examples.ts";
import { judge } from "../judge.ts";

judge(
  localAccounts,
  {
    passes: [
      ["EKS, which has none", eksCluster()],
      ["GKE with accounts of Google alone", gkeCluster()],
      ["AKS with accounts of Entra ID alone", aksCluster()],
      ["AKS of which it is not known yet", aksCluster({ disableLocalAccounts: notKnownYet })],
    ],
    fails: [
      [
        "AKS with an administrator of its own",
        aksCluster({ disableLocalAccounts: undefined }),
        /"ai" lets in/,
      ],
      [
        "GKE that issues a certificate",
        gkeCluster({ masterAuth: { clientCertificateConfig: { issueClientCertificate: true } } }),
        /the GKE cluster/,
      ],
      ["GKE with rights from before roles", gkeCluster({ enableLegacyAbac: true }), /the GKE cluster/],
    ],
  },
  "G18",
);
