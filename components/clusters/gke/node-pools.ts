import * as container from "@pulumi/gcp/container/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { type Pool, poolLabels, type PoolName } from "../pools.ts";
import type { ControlPlane } from "./control-plane.ts";
import type { NodeAccount } from "./node-account.ts";
import type { GkeScope } from "./scope.ts";

/** What nodes are made with. */
export interface NodeParts {
  readonly controlPlane: ControlPlane;
  readonly account: NodeAccount;
  /** Id of the key that disks are encrypted with. */
  readonly disksKey: pulumi.Input<string>;
  readonly zones: readonly string[] | undefined;
  /** What there has to be before nodes come. */
  readonly ready: readonly pulumi.Resource[];
}

/** Zones of a cluster that states none: Google chooses as many. */
const ZONES = 3;

/**
 * Nodes in each zone at first: a regional cluster counts them by the zone
 * (https://cloud.google.com/kubernetes-engine/docs/concepts/regional-clusters).
 */
export function initialPerZone(
  { initial }: Pick<Pool, "initial">,
  zones: readonly string[] | undefined,
): number {
  return Math.ceil(initial / (zones?.length ?? ZONES));
}

/**
 * Makes a pool. Pulumi names it, so that another one can take its place before it goes; the limits of the autoscaler are those
 * of all zones together.
 */
export function makePool(
  { name, region, labels, options }: GkeScope,
  kind: PoolName,
  pool: Pool,
  { controlPlane, account, disksKey, zones, ready }: NodeParts,
): container.NodePool {
  return new container.NodePool(
    `${name}-${kind}`,
    {
      cluster: controlPlane.name,
      location: region,
      ...(zones && { nodeLocations: [...zones] }),
      initialNodeCount: initialPerZone(pool, zones),
      autoscaling: {
        totalMinNodeCount: pool.min,
        totalMaxNodeCount: pool.max,
        locationPolicy: "BALANCED",
      },
      management: { autoRepair: true, autoUpgrade: true },
      upgradeSettings: { strategy: "SURGE", maxSurge: 1, maxUnavailable: 0 },
      maxPodsPerNode: 110,
      networkConfig: { enablePrivateNodes: true },
      nodeConfig: {
        machineType: pool.type,
        imageType: "COS_CONTAINERD",
        diskType: "pd-balanced",
        diskSizeGb: pool.diskGiB,
        bootDiskKmsKey: disksKey,
        labels: poolLabels(name, kind),
        resourceLabels: labels,
        serviceAccount: account.email,
        oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
        shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
        workloadMetadataConfig: { mode: "GKE_METADATA" },
        metadata: { "disable-legacy-endpoints": "true" },
        kubeletConfig: { insecureKubeletReadonlyPortEnabled: "FALSE" },
      },
    },
    // The autoscaler has changed the number since; another one here would have the pool made anew.
    options({ dependsOn: [account.ready, ...ready], ignoreChanges: ["initialNodeCount"] }),
  );
}
