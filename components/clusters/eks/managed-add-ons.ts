import * as eks from "@pulumi/aws/eks/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { makePodRole } from "./roles.ts";
import type { EksScope } from "./scope.ts";

/** A part of the cluster that AWS installs, and keeps as it is told. */
interface ManagedAddOn {
  /** Service account in kube-system that has rights in AWS, and the policies that give them. */
  readonly rights?: { readonly account: string; readonly managed: readonly string[] };
  /** What it is told; its schema: `aws eks describe-addon-configuration`. */
  readonly values?: (tags: Readonly<Record<string, string>>) => object;
}

/** What nodes need before a pod can start: addresses, Services, and rights of pods in AWS. */
const BEFORE_NODES: Readonly<Record<string, ManagedAddOn>> = {
  "eks-pod-identity-agent": {},
  "vpc-cni": {
    rights: { account: "aws-node", managed: ["AmazonEKS_CNI_Policy"] },
    // https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html
    values: () => ({ enableNetworkPolicy: "true" }),
  },
  "kube-proxy": {},
};

/** What is itself pods, and becomes ready on nodes only. */
const ON_NODES: Readonly<Record<string, ManagedAddOn>> = {
  // https://docs.aws.amazon.com/eks/latest/userguide/coredns-autoscaling.html
  coredns: { values: () => ({ autoScaling: { enabled: true, minReplicas: 2, maxReplicas: 10 } }) },
  "aws-ebs-csi-driver": {
    rights: { account: "ebs-csi-controller-sa", managed: ["service-role/AmazonEBSCSIDriverPolicy"] },
    values: (tags) => ({ controller: { extraVolumeTags: tags } }),
  },
  "metrics-server": {},
};

/** What the add-ons of one cluster share. */
export interface ManagedAddOnsArgs {
  readonly cluster: eks.Cluster;
  readonly version: string;
}

/** Makes what nodes need before a pod can start. */
export function makeAddOnsBeforeNodes(args: ManagedAddOnsArgs, scope: EksScope): readonly eks.Addon[] {
  return makeAddOns(BEFORE_NODES, args, [], scope);
}

/** Makes what is itself pods, once there are nodes. */
export function makeAddOnsOnNodes(
  args: ManagedAddOnsArgs,
  nodes: readonly pulumi.Resource[],
  scope: EksScope,
): readonly eks.Addon[] {
  return makeAddOns(ON_NODES, args, nodes, scope);
}

function makeAddOns(
  table: Readonly<Record<string, ManagedAddOn>>,
  { cluster, version }: ManagedAddOnsArgs,
  after: readonly pulumi.Resource[],
  scope: EksScope,
): readonly eks.Addon[] {
  return Object.entries(table).map(([addonName, { rights, values }]) => {
    const account = rights && { namespace: "kube-system", name: rights.account };
    const role = account && makePodRole(addonName, account, rights, scope);
    // The version that AWS calls the default of this version of Kubernetes, so that both are upgraded together.
    const known = { addonName, kubernetesVersion: version };
    return new eks.Addon(
      `${scope.name}-${addonName}`,
      {
        clusterName: cluster.name,
        addonName,
        addonVersion: eks.getAddonVersionOutput(known, scope.options()).version,
        ...(values && { configurationValues: JSON.stringify(values(scope.tags)) }),
        ...(role &&
          account && {
            podIdentityAssociations: [{ serviceAccount: account.name, roleArn: role.arn }],
          }),
        resolveConflictsOnCreate: "OVERWRITE",
        resolveConflictsOnUpdate: "OVERWRITE",
      },
      scope.options({ dependsOn: [...after, ...(role?.ready ?? [])] }),
    );
  });
}
