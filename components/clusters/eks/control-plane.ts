import * as eks from "@pulumi/aws/eks/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import type * as kms from "@pulumi/aws/kms/index.js";
import * as pulumi from "@pulumi/pulumi";
import { SERVICE_CIDR } from "./eks-args.ts";
import { makeKey } from "./keys.ts";
import { makeLogGroup } from "./logs.ts";
import type { EksNetwork } from "./network.ts";
import { makeServiceRole } from "./roles.ts";
import { type EksScope, named } from "./scope.ts";

/** What a control plane is told. */
export interface ControlPlaneArgs {
  readonly version: string;
  readonly network: EksNetwork;
  /** Networks from which the public endpoint answers; without any there is none. */
  readonly access: readonly string[];
  readonly logsKey: kms.Key;
}

/** https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html */
const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/**
 * Makes the control plane. Who may use it is said by access entries, not by a ConfigMap within it; whoever makes it is its
 * administrator. What runs in it as add-on is made by this component and nobody else.
 */
export function makeControlPlane(args: ControlPlaneArgs, scope: EksScope): eks.Cluster {
  const { name, region, account, deletionProtection } = scope;
  const { version, network, access, logsKey } = args;
  // https://docs.aws.amazon.com/eks/latest/userguide/cross-service-confused-deputy-prevention.html
  const source = pulumi.interpolate`arn:aws:eks:${region}:${account}:cluster/${name}`;
  const rights = { managed: ["AmazonEKSClusterPolicy"] };
  const role = makeServiceRole("control-plane", { service: "eks", source }, rights, scope);
  const logs = makeLogGroup("control-plane", `/aws/eks/${name}/cluster`, logsKey, scope);
  return new eks.Cluster(
    name,
    {
      name,
      version,
      roleArn: role.arn,
      deletionProtection,
      enabledClusterLogTypes: LOG_TYPES,
      bootstrapSelfManagedAddons: false,
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true },
      encryptionConfig: { provider: { keyArn: makeKey("secrets", scope).arn }, resources: ["secrets"] },
      kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: SERVICE_CIDR },
      // No upgrade behind the program's back; what it costs to stay is warned of.
      upgradePolicy: { supportType: "EXTENDED" },
      vpcConfig: {
        subnetIds: [...network.privateSubnetIds],
        endpointPrivateAccess: true,
        endpointPublicAccess: access.length > 0,
        ...(access.length > 0 && { publicAccessCidrs: [...access] }),
      },
      ...named(name),
    },
    scope.options({ protect: deletionProtection, dependsOn: [...role.ready, logs] }),
  );
}

/** Lets IAM trust tokens of the cluster's service accounts, for those who give rights to pods by IRSA. */
export function makeOidcProvider(cluster: eks.Cluster, scope: EksScope): iam.OpenIdConnectProvider {
  const url = cluster.identities.apply((identities) => identities[0]!.oidcs[0]!.issuer);
  const args = { url, clientIdLists: ["sts.amazonaws.com"] };
  return new iam.OpenIdConnectProvider(scope.name, args, scope.options());
}
