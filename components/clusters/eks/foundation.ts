import * as eks from "@pulumi/aws/eks/index.js";
import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { AddOn } from "../../targets/kubernetes/cluster.ts";
import type { AddOns } from "../add-ons/index.ts";
import type { Pools } from "../pools.ts";
import { makeAccessEntries } from "./access-entries.ts";
import { makeAutoscaler } from "./autoscaler.ts";
import { makeControlPlane, makeOidcProvider } from "./control-plane.ts";
import type { EksArgs, ExistingCluster, ExistingNetwork } from "./eks-args.ts";
import { makeKey } from "./keys.ts";
import type { ControlPlane } from "./kubeconfig.ts";
import { makeAddOnsBeforeNodes, makeAddOnsOnNodes } from "./managed-add-ons.ts";
import { type EksNetwork, makeNetwork } from "./network.ts";
import { makeNodeGroup, type NodeGroupsArgs } from "./node-groups.ts";
import { makeServiceRole } from "./roles.ts";
import type { EksScope } from "./scope.ts";
import type { EksSettings } from "./settings.ts";
import { makeStorageClass, STORAGE_CLASS } from "./storage.ts";

/** A control plane with its first nodes, and what else is done with it. */
export interface Foundation {
  readonly controlPlane: ControlPlane;
  readonly nodeGroups: NodeGroupsArgs;
  /** What whoever uses the cluster waits for. */
  readonly ready: readonly pulumi.Resource[];
  /** Add-ons that are there already. */
  readonly present: readonly AddOn[];
  /** ARN of the provider of identities that IAM trusts; none where the cluster was there already. */
  readonly oidcProviderArn: pulumi.Output<string> | undefined;
  /** Makes what belongs into every cluster that is made here, and gives the platforms' storage class. */
  readonly furnish: (addOns: AddOns, provider: k8s.Provider) => Furnishing;
}

/** What belongs into a cluster. */
export interface Furnishing {
  readonly storageClass?: string;
  readonly ready: readonly pulumi.Resource[];
}

/** https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html; the VPC CNI has a role of its own */
const NODE_POLICIES = ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"];

/** Makes a control plane with what nodes need, and its first nodes; in a network that is there, or one that it makes. */
export function makeFoundation(
  args: EksArgs,
  settings: EksSettings,
  existing: ExistingNetwork | undefined,
  scope: EksScope,
): Foundation {
  const { version, pools } = settings;
  const logsKey = makeKey("logs", scope);
  const network: EksNetwork = existing ?? makeNetwork(settings, logsKey, scope);
  const cluster = makeControlPlane({ version, network, access: args.access, logsKey }, scope);
  const { administrators = [], viewers = [] } = args;
  makeAccessEntries({ administrators, viewers }, cluster, scope);
  const managed = { cluster, version };
  const nodeGroups = {
    ...nodesIn(network, scope),
    clusterName: cluster.name,
    version,
    after: makeAddOnsBeforeNodes(managed, scope),
  };
  const nodes = makeFirstNodes(pools, nodeGroups, scope);
  const addOns = makeAddOnsOnNodes(managed, nodes, scope);
  return {
    controlPlane: {
      name: cluster.name,
      endpoint: cluster.endpoint,
      authority: cluster.certificateAuthority.data,
      region: scope.region,
    },
    nodeGroups,
    ready: [...nodes, ...addOns],
    present: ["metrics"],
    oidcProviderArn: makeOidcProvider(cluster, scope).arn,
    furnish: (charts, provider) => {
      const options = scope.options({ provider, dependsOn: [...addOns] });
      const storageClass = makeStorageClass(scope.name, nodeGroups.volumesKey, options);
      return { storageClass: STORAGE_CLASS, ready: [storageClass, makeAutoscaler(cluster, charts, scope)] };
    },
  };
}

/** Uses a control plane that is there, and makes its own nodes in it. */
export function joinFoundation(
  { pools }: EksSettings,
  existing: ExistingCluster,
  scope: EksScope,
): Foundation {
  const { storageClass, present = ["metrics"] } = existing;
  const cluster = eks.getClusterOutput({ name: existing.cluster }, scope.options());
  const nodeGroups = {
    ...nodesIn(existing, scope),
    clusterName: cluster.name,
    version: cluster.version,
    after: [],
  };
  return {
    controlPlane: {
      name: cluster.name,
      endpoint: cluster.endpoint,
      authority: cluster.certificateAuthorities.apply((authorities) => authorities[0]!.data),
      region: scope.region,
    },
    nodeGroups,
    ready: makeFirstNodes(pools, nodeGroups, scope),
    present,
    oidcProviderArn: undefined,
    furnish: () => ({ ...(storageClass !== undefined && { storageClass }), ready: [] }),
  };
}

/** Nodes that are there from the beginning; those with more memory are made when something needs them. */
function makeFirstNodes(
  { general, gpu }: Pools,
  nodeGroups: NodeGroupsArgs,
  scope: EksScope,
): readonly pulumi.Resource[] {
  const made = makeNodeGroup("general", general, nodeGroups, scope);
  return gpu ? [made, makeNodeGroup("gpu", gpu, nodeGroups, scope)] : [made];
}

function nodesIn(network: EksNetwork, scope: EksScope) {
  const role = makeServiceRole("nodes", { service: "ec2" }, { managed: NODE_POLICIES }, scope);
  return { network, role, volumesKey: makeKey("volumes", scope) };
}
