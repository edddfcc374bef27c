import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { policyOf, type Statement } from "./policies.ts";
import type { EksScope } from "./scope.ts";

/** A service account of the cluster. */
export interface Account {
  readonly namespace: string;
  readonly name: string;
}

/** A role, and what has to be there before it may do what it is for. */
export interface Role {
  readonly arn: pulumi.Output<string>;
  readonly ready: readonly pulumi.Resource[];
}

/** What a role may do: policies that AWS keeps, by name, and statements of its own. */
export interface Rights {
  readonly managed?: readonly string[];
  readonly own?: readonly Statement[];
}

/** Who takes a role on. */
export interface Taker {
  /** A service of AWS, as "eks". */
  readonly service: string;
  /**
   * ARN of what it does so for, with * for what is not known, lest it does so for somebody else's:
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
   *
   * @defaultValue it is this account's by nature, as machines are
   */
  readonly source?: pulumi.Input<string>;
}

/** A role that a service of AWS takes on. */
export function makeServiceRole(name: string, taker: Taker, rights: Rights, scope: EksScope): Role {
  const { service, source } = taker;
  const trust: Statement = {
    Effect: "Allow",
    Principal: { Service: `${service}.amazonaws.com` },
    Action: "sts:AssumeRole",
    ...(source !== undefined && { Condition: { ArnLike: { "aws:SourceArn": source } } }),
  };
  return makeRole(name, trust, rights, scope);
}

/**
 * A role that pods of one service account of this cluster take on, by the Pod Identity agent of their node; the agent tags
 * each session with the names that are asked for here: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 */
export function makePodRole(name: string, account: Account, rights: Rights, scope: EksScope): Role {
  const trust: Statement = {
    Effect: "Allow",
    Principal: { Service: "pods.eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {
      StringEquals: {
        "aws:SourceAccount": scope.account,
        "aws:RequestTag/eks-cluster-name": scope.clusterName,
        "aws:RequestTag/kubernetes-namespace": account.namespace,
        "aws:RequestTag/kubernetes-service-account": account.name,
      },
    },
  };
  return makeRole(name, trust, rights, scope);
}

function makeRole(name: string, trust: Statement, { managed = [], own = [] }: Rights, scope: EksScope): Role {
  const fullName = `${scope.name}-${name}`;
  const role = new iam.Role(fullName, { assumeRolePolicy: policyOf([trust]) }, scope.options());
  const options = scope.options({ parent: role });
  const attached = managed.map((policy) => {
    const policyArn = `arn:aws:iam::aws:policy/${policy}`;
    const attachment = `${fullName}-${policy.split("/").at(-1)}`;
    return new iam.RolePolicyAttachment(attachment, { role: role.name, policyArn }, options);
  });
  if (own.length === 0) return { arn: role.arn, ready: attached };
  const inline = new iam.RolePolicy(fullName, { role: role.name, policy: policyOf(own) }, options);
  return { arn: role.arn, ready: [...attached, inline] };
}
