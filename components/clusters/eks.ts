import * as aws from "@pulumi/aws/getCallerIdentity.js";
import { Provider } from "@pulumi/aws/provider.js";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type Cluster, type NodePool, TRAEFIK } from "../targets/kubernetes/cluster.ts";
import { AddOns } from "./add-ons/index.ts";
import type { BackupsBucket, CloudCluster } from "./cloud-cluster.ts";
import { makeBackups } from "./eks/backups.ts";
import { makeBudget } from "./eks/budget.ts";
import type { EksArgs } from "./eks/eks-args.ts";
import { entryService } from "./eks/entry.ts";
import { type Foundation, joinFoundation, makeFoundation } from "./eks/foundation.ts";
import { kubeconfigOf } from "./eks/kubeconfig.ts";
import { mistakesOf } from "./eks/mistakes.ts";
import { makeNodeGroup, TAINTS } from "./eks/node-groups.ts";
import { makeRegistry } from "./eks/registry.ts";
import type { EksScope } from "./eks/scope.ts";
import { type EksSettings, settingsOf } from "./eks/settings.ts";
import { makeZone } from "./eks/zone.ts";
import { eksAllocatable } from "./node-types/index.ts";
import { type Pool, poolLabels, type PoolName } from "./pools.ts";
import { judgeVersion } from "./versions.ts";

export type { EksArgs, ExistingCluster, ExistingNetwork } from "./eks/eks-args.ts";

/**
 * A cluster of Amazon EKS with its network, its nodes, and what platforms need of AWS. Credentials are those that the AWS CLI
 * would use. The name of the component is that of the cluster.
 *
 * @example
 * ```ts
 * const { cluster } = new Eks("production", { access: ["203.0.113.0/24"] });
 * const target = new Kubernetes("acceleration", { cluster });
 * ```
 */
export class Eks extends pulumi.ComponentResource implements CloudCluster {
  readonly cluster: Cluster;
  readonly kubeconfig: pulumi.Output<string>;
  readonly backups: BackupsBucket;
  readonly nameServers: pulumi.Output<readonly string[]>;
  readonly registry: pulumi.Output<string> | undefined;
  /** ARN of the identity provider, for roles that trust service accounts by IRSA; none of a cluster that was there already. */
  readonly oidcProviderArn: pulumi.Output<string> | undefined;

  /** @throws InputPropertiesError with all that is wrong with the arguments, before anything is made */
  constructor(name: string, args: EksArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:clusters:Eks", name, {}, opts);
    const settings = settingsOf(name, args);
    this.#judge(name, args, settings);
    const scope = this.#scope(name, settings);
    const foundation = lay(args, settings, scope);
    const { controlPlane } = foundation;
    const provider = new k8s.Provider(
      `${name}-inside`,
      { kubeconfig: kubeconfigOf(controlPlane, foundation.ready), enableServerSideApply: true },
      { parent: this },
    );
    const { certificates, budget, zone, registry = false } = args;
    const addOns = new AddOns(
      name,
      {
        provider,
        present: foundation.present,
        entryService: entryService(settings.tags),
        ...(certificates && { certificates }),
      },
      { parent: this },
    );
    const { ready, storageClass } = foundation.furnish(addOns, provider);
    this.kubeconfig = kubeconfigOf(controlPlane, [...foundation.ready, ...ready]);
    this.cluster = {
      kubeconfig: this.kubeconfig,
      ...(storageClass !== undefined && { storageClass }),
      nodes: nodesOf(settings, foundation, scope),
      entry: TRAEFIK,
      features: { certManager: true, cloudNativePg: true, keda: { namespace: "keda" } },
      install: addOns.install,
    };
    this.backups = makeBackups({ clusterName: controlPlane.name, ...settings.backups }, scope);
    this.registry = registry ? makeRegistry(scope) : undefined;
    this.nameServers = zone === undefined ? pulumi.output([]) : makeZone(zone, scope);
    if (budget) makeBudget(budget, scope);
    this.oidcProviderArn = foundation.oidcProviderArn;
    this.registerOutputs({
      kubeconfig: this.kubeconfig,
      backups: this.backups.url,
      nameServers: this.nameServers,
      registry: this.registry,
      oidcProviderArn: this.oidcProviderArn,
    });
  }

  #judge(name: string, args: EksArgs, settings: EksSettings): void {
    const errors = mistakesOf(name, args, settings);
    if (errors.length > 0) {
      const message = `the cluster "${name}" can't be made: ${errors.map(({ reason }) => reason).join("; ")}`;
      throw new pulumi.InputPropertiesError({ message, errors: [...errors] });
    }
    const { warning } = judgeVersion("eks", settings.version);
    if (warning) void pulumi.log.warn(warning, this);
  }

  #scope(name: string, { clusterName, region, tags, deletionProtection }: EksSettings): EksScope {
    const provider = new Provider(name, { region, defaultTags: { tags } }, { parent: this });
    const options: EksScope["options"] = (own = {}) => ({ parent: this, provider, ...own });
    const account = aws.getCallerIdentityOutput({}, options()).accountId;
    return { name, clusterName, region, account, tags, deletionProtection, options };
  }
}

/** Makes the cluster, or uses the one that is there. */
function lay(args: EksArgs, settings: EksSettings, scope: EksScope): Foundation {
  const { existing } = args;
  return existing && "cluster" in existing
    ? joinFoundation(settings, existing, scope)
    : makeFoundation(args, settings, existing, scope);
}

/** What the target is told of the pools; the one for memory is made if something needs it. */
function nodesOf({ pools }: EksSettings, { nodeGroups }: Foundation, scope: EksScope): readonly NodePool[] {
  const { general, memory, gpu } = pools;
  const nodesLike = (name: PoolName, pool: Pool): NodePool => ({
    ...eksAllocatable(pool.type),
    count: pool.max,
    labels: poolLabels(scope.name, name),
    taints: TAINTS[name],
  });
  return [
    nodesLike("general", general),
    ...(memory
      ? [
          {
            ...nodesLike("memory", memory),
            make: () => makeNodeGroup("memory", memory, nodeGroups, scope),
          },
        ]
      : []),
    ...(gpu ? [nodesLike("gpu", gpu)] : []),
  ];
}
