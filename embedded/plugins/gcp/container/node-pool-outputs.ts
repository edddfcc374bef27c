import { texts } from "../../cloud/values.ts";
import type { InputsOf } from "../../provider/property.ts";
import type { Context } from "../../provider/resource.ts";
import type { Values } from "../../provider/value.ts";
import type { GoogleConfiguration } from "../configuration.ts";
import { Place } from "../place.ts";
import type { nodePoolProperties } from "./node-pool-properties.ts";
import { clusterOf } from "./nodes.ts";

export type NodePoolInputs = InputsOf<typeof nodePoolProperties>;

/** What the cloud adds: https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters.nodePools */
export function nodePoolOutputs(
  inputs: NodePoolInputs,
  { configuration }: Context<GoogleConfiguration>,
): Values {
  const place = new Place(inputs, configuration);
  const cluster = configuration.store.get("clusters", clusterOf(inputs.cluster, place))?.outputs ?? {};
  const count = inputs.nodeCount ?? inputs.initialNodeCount ?? 0;
  return {
    autoscaling: inputs.autoscaling ? { locationPolicy: "BALANCED", ...inputs.autoscaling } : null,
    initialNodeCount: inputs.initialNodeCount ?? count,
    location: place.location,
    management: inputs.management ?? { autoRepair: true, autoUpgrade: true },
    maxPodsPerNode: inputs.maxPodsPerNode ?? 110,
    networkConfig: { createPodRange: false, enablePrivateNodes: false, ...inputs.networkConfig },
    nodeConfig: nodeConfigOf(inputs),
    nodeCount: count,
    nodeLocations: inputs.nodeLocations ?? texts(cluster["nodeLocations"]),
    upgradeSettings: { maxSurge: 1, maxUnavailable: 0, strategy: "SURGE", ...inputs.upgradeSettings },
    version: inputs.version ?? cluster["masterVersion"] ?? null,
  };
}

/** The machine that nodes are where a pool names none. */
export const usualMachine = "e2-medium";

function nodeConfigOf({ nodeConfig = { preemptible: false, spot: false } }: NodePoolInputs): Values {
  return {
    diskSizeGb: 100,
    diskType: "pd-balanced",
    guestAccelerators: [],
    imageType: "COS_CONTAINERD",
    labels: {},
    machineType: usualMachine,
    metadata: { "disable-legacy-endpoints": "true" },
    oauthScopes: [],
    serviceAccount: "default",
    shieldedInstanceConfig: { enableIntegrityMonitoring: true, enableSecureBoot: false },
    workloadMetadataConfig: { mode: "MODE_UNSPECIFIED" },
    ...nodeConfig,
    kubeletConfig: { insecureKubeletReadonlyPortEnabled: "FALSE", ...nodeConfig.kubeletConfig },
  };
}
