import * as projects from "@pulumi/gcp/projects/index.js";
import * as serviceaccount from "@pulumi/gcp/serviceaccount/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { GkeScope } from "./scope.ts";

/** Who the nodes of a cluster are. */
export interface NodeAccount {
  readonly email: pulumi.Output<string>;
  /** How IAM calls it. */
  readonly member: pulumi.Output<string>;
  /** What nodes wait for. */
  readonly ready: pulumi.Resource;
}

/**
 * An account that may write logs and metrics and nothing else, instead of Compute Engine's own, which may edit the project:
 * https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster#use_least_privilege_sa
 */
export function makeNodeAccount({ name, project, options }: GkeScope): NodeAccount {
  const { email, member } = new serviceaccount.Account(
    `${name}-nodes`,
    { accountId: `${name}-nodes`, displayName: `Nodes of the cluster ${name}` },
    options(),
  );
  const ready = new projects.IAMMember(
    `${name}-nodes`,
    { project, role: "roles/container.defaultNodeServiceAccount", member },
    options(),
  );
  return { email, member, ready };
}
