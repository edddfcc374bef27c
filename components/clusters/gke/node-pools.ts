import * as container from "@pulumi/gcp/container/index.js";
import type * as pulumi from "@pulumi/pulumi";
import { type Pool, poolLabels, type PoolName } from "../pools.ts";
import { gkeAllocatable } from "../node-types/index.ts";
import type { ControlPlane } from "./control-plane.ts";
import type { NodeAccount } from "./node-account.ts";
import { acceleratorOf, initialPerZone, ZONES } from "./pools.ts";
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
      initialNodeCount: initialPerZone(pool, zones?.length ?? ZONES),
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
        ...accelerators(pool.type),
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

/** Google installs the driver, which is signed, so that Secure Boot takes it. */
function accelerators(machineType: string) {
  const type = acceleratorOf(machineType);
  if (type === undefined) return {};
  const { gpus: count = 0 } = gkeAllocatable(machineType);
  return {
    guestAccelerators: [{ type, count, gpuDriverInstallationConfig: { gpuDriverVersion: "DEFAULT" } }],
  };
}
