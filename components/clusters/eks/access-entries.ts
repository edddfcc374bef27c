import * as eks from "@pulumi/aws/eks/index.js";
import type { EksScope } from "./scope.ts";

/** Who may use the cluster, and how: https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html */
const POLICIES = { administrators: "AmazonEKSClusterAdminPolicy", viewers: "AmazonEKSViewPolicy" } as const;

/** ARNs of users and roles of IAM, by what they may do in the cluster. */
export type Principals = Readonly<Record<keyof typeof POLICIES, readonly string[]>>;

/** Lets users and roles in, each by an entry that AWS' own interface shows. */
export function makeAccessEntries(principals: Principals, cluster: eks.Cluster, scope: EksScope): void {
  for (const [group, policy] of Object.entries(POLICIES))
    for (const principalArn of principals[group as keyof Principals]) {
      // As in "role/deployers", which is unique in an account.
      const name = `${scope.name}-${group}-${principalArn.split(":").at(-1)}`;
      const entry = { clusterName: cluster.name, principalArn };
      const made = new eks.AccessEntry(name, { ...entry, type: "STANDARD" }, scope.options());
      const policyArn = `arn:aws:eks::aws:cluster-access-policy/${policy}`;
      const whole = { accessScope: { type: "cluster" }, policyArn };
      new eks.AccessPolicyAssociation(name, { ...entry, ...whole }, scope.options({ parent: made }));
    }
}
