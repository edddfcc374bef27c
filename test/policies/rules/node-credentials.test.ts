import { nodeCredentials } from "../../../policies/rules/node-credentials.ts";
import { notKnownYet } from "../../support/audit.ts";
import { aksPool, eksCluster, gkePool, launchTemplate } from "../cloud-examples.ts";
import { judge } from "../judge.ts";

const mode = (value: string) => ({ nodeConfig: { workloadMetadataConfig: { mode: value } } });

judge(
  nodeCredentials,
  {
    passes: [
      ["a launch template that asks for tokens", launchTemplate()],
      ["a node pool behind GKE's metadata server", gkePool()],
      ["a mode that is not known yet", gkePool(mode(notKnownYet))],
      ["a node pool of AKS", aksPool()],
      ["what makes no nodes", eksCluster()],
    ],
    fails: [
      [
        "a launch template without options",
        launchTemplate({ metadataOptions: undefined }),
        /"ai-general" gives/,
      ],
      [
        "optional tokens",
        launchTemplate({ metadataOptions: { httpTokens: "optional" } }),
        /the launch template/,
      ],
      ["a node pool that shows the node's metadata", gkePool(mode("GCE_METADATA")), /the node pool/],
      ["a node pool of which nothing is said", gkePool({ nodeConfig: {} }), /the node pool/],
    ],
  },
  "G18",
);
