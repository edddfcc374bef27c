import * as eks from "@pulumi/aws/eks/index.js";
import type * as k8s from "@pulumi/kubernetes";
import type { AddOns } from "../add-ons/index.ts";
import { CHARTS } from "../add-ons/charts.ts";
import { makePodRole } from "./roles.ts";
import type { EksScope } from "./scope.ts";

const CHART = "cluster-autoscaler";

/**
 * Dear nodes are added only where the cheap ones don't do: the larger number goes first, by what a group's name holds. It is text,
 * because its keys have to be numbers:
 * https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/expander/priority/readme.md
 */
const PRIORITIES = "30:\n  - .*-general-.*\n20:\n  - .*-memory-.*\n10:\n  - .*-gpu-.*\n";

/**
 * Has nodes added when pods find no room, and taken away when they are empty. It finds the groups of nodes by the tags that EKS
 * gives them: https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md
 */
export function makeAutoscaler(cluster: eks.Cluster, addOns: AddOns, scope: EksScope): k8s.helm.v3.Release {
  const account = { namespace: CHARTS[CHART].namespace, name: CHART };
  const role = makePodRole(CHART, account, { own: rightsIn(scope.name) }, scope);
  const association = new eks.PodIdentityAssociation(
    `${scope.name}-${CHART}`,
    {
      clusterName: cluster.name,
      namespace: account.namespace,
      serviceAccount: account.name,
      roleArn: role.arn,
    },
    scope.options({ dependsOn: [...role.ready] }),
  );
  return addOns.release(CHART, {
    cloudProvider: "aws",
    awsRegion: scope.region,
    // Pods get their credentials when they start, so the right comes before them.
    autoDiscovery: { clusterName: association.clusterName },
    rbac: { serviceAccount: { name: account.name } },
    expanderPriorities: PRIORITIES,
    extraArgs: {
      expander: "priority",
      "balance-similar-node-groups": true,
      "skip-nodes-with-system-pods": false,
      "skip-nodes-with-local-storage": false,
    },
  });
}

/** It sees all groups of the account, because AWS' lists know no narrower right, and changes those of this cluster alone. */
function rightsIn(cluster: string) {
  return [
    {
      Effect: "Allow",
      Action: [
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeAutoScalingInstances",
        "autoscaling:DescribeLaunchConfigurations",
        "autoscaling:DescribeScalingActivities",
        "autoscaling:DescribeTags",
        "ec2:DescribeImages",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeLaunchTemplateVersions",
        "ec2:GetInstanceTypesFromInstanceRequirements",
        "eks:DescribeNodegroup",
      ],
      Resource: "*",
    },
    {
      Effect: "Allow",
      Action: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
      Resource: "*",
      Condition: { StringEquals: { [`aws:ResourceTag/k8s.io/cluster-autoscaler/${cluster}`]: "owned" } },
    },
  ] as const;
}
