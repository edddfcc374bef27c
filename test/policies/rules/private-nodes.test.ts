import { privateNodes } from "../../../policies/rules/private-nodes.ts";
import { notKnownYet } from "../../support/audit.ts";
import { aksCluster, aksPool, eksCluster, gkeCluster, gkePool, launchTemplate } from "../cloud-examples.ts";
import { judge } from "../judge.ts";

judge(
  privateNodes,
  {
    passes: [
      ["a private GKE cluster", gkeCluster()],
      ["a private node pool", gkePool()],
      ["a node pool that is as its cluster", gkePool({ networkConfig: undefined })],
      [
        "a node pool of which it is not known yet",
        gkePool({ networkConfig: { enablePrivateNodes: notKnownYet } }),
      ],
      ["node pools of AKS, which have none by default", aksCluster()],
      ["another node pool of AKS", aksPool()],
      ["a launch template that asks for none", launchTemplate()],
      ["what makes no nodes", eksCluster()],
    ],
    fails: [
      [
        "a GKE cluster of which nothing is said",
        gkeCluster({ privateClusterConfig: undefined }),
        /GKE cluster "ai"/,
      ],
      [
        "a public node pool",
        gkePool({ networkConfig: { enablePrivateNodes: false } }),
        /"ai-general" gives nodes/,
      ],
      ["a public node pool of AKS", aksPool({ enableNodePublicIP: true }), /node pool "memory"/],
      [
        "one within the cluster",
        aksCluster({ agentPoolProfiles: [{ name: "general", enableNodePublicIP: true }] }),
        /a node pool of "ai"/,
      ],
      [
        "a launch template with a public address",
        launchTemplate({ networkInterfaces: [{ associatePublicIpAddress: "true" }] }),
        /the launch template/,
      ],
    ],
  },
  "G18",
);
