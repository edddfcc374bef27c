import { controlPlaneAccess } from "../../../policies/rules/control-plane-access.ts";
import { notKnownYet } from "../../support/audit.ts";
import { aksCluster, eksCluster, gkeCluster, gkePool } from "../cloud-examples.ts";
import { judge } from "../judge.ts";

const networks = (...cidrs: string[]) => ({ cidrBlocks: cidrs.map((cidrBlock) => ({ cidrBlock })) });

judge(
  controlPlaneAccess,
  {
    passes: [
      ["EKS for a stated network", eksCluster()],
      ["EKS with a private endpoint only", eksCluster({ vpcConfig: { endpointPublicAccess: false } })],
      ["networks that are not known yet", eksCluster({ vpcConfig: { publicAccessCidrs: notKnownYet } })],
      ["GKE for a stated network", gkeCluster()],
      ["GKE that lets no network in", gkeCluster({ masterAuthorizedNetworksConfig: networks() })],
      [
        "GKE with a private endpoint only",
        gkeCluster({
          masterAuthorizedNetworksConfig: undefined,
          privateClusterConfig: { enablePrivateEndpoint: true },
        }),
      ],
      ["AKS for a stated network", aksCluster()],
      ["a private AKS", aksCluster({ apiServerAccessProfile: { enablePrivateCluster: true } })],
      ["what is no control plane", gkePool()],
    ],
    fails: [
      [
        "EKS of which nothing is said",
        eksCluster({ vpcConfig: undefined }),
        /"ai" answers the whole internet/,
      ],
      [
        "EKS for everybody among others",
        eksCluster({ vpcConfig: { publicAccessCidrs: ["198.51.100.0/24", "0.0.0.0/0"] } }),
        /the EKS cluster/,
      ],
      [
        "GKE of which nothing is said",
        gkeCluster({ masterAuthorizedNetworksConfig: undefined }),
        /GKE cluster/,
      ],
      ["GKE for everybody", gkeCluster({ masterAuthorizedNetworksConfig: networks("0.0.0.0/0") }), /GKE/],
      ["AKS of which nothing is said", aksCluster({ apiServerAccessProfile: undefined }), /the AKS cluster/],
    ],
  },
  "G18",
);
