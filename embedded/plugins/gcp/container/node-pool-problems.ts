/** What the cloud refuses of a node pool that each property by itself is right in. */
import { GKE_TYPES } from "../../../../components/clusters/node-types/index.ts";
import type { Stored } from "../../cloud/store.ts";
import { text } from "../../cloud/values.ts";
import type { Context } from "../../provider/resource.ts";
import { isValues } from "../../provider/value.ts";
import type { GoogleConfiguration } from "../configuration.ts";
import { problemOfKey } from "../kms/use.ts";
import { nameIn } from "../links.ts";
import { regionOf } from "../locations.ts";
import { Place } from "../place.ts";
import { usualMachine, type NodePoolInputs } from "./node-pool-outputs.ts";
import { clusterOf } from "./nodes.ts";

/** The first one found. */
export function problemOfPool(
  inputs: NodePoolInputs,
  { configuration }: Context<GoogleConfiguration>,
): string | undefined {
  const place = new Place(inputs, configuration);
  const cluster = configuration.store.get("clusters", clusterOf(inputs.cluster, place));
  if (!cluster)
    return `googleapi: Error 404: Not found: ${clusterOf(inputs.cluster, place)}, notFound: give the location of the cluster`;
  return (
    problemOfCounts(inputs) ??
    problemOfZones(inputs, place.location) ??
    problemOfMachine(inputs) ??
    problemOfIdentity(inputs, cluster) ??
    problemOfDisk(inputs, place, configuration)
  );
}

/** https://cloud.google.com/kubernetes-engine/docs/how-to/cluster-autoscaler */
function problemOfCounts({
  initialNodeCount,
  nodeCount,
  autoscaling,
  upgradeSettings,
}: NodePoolInputs): string | undefined {
  if (initialNodeCount !== undefined && nodeCount !== undefined)
    return "Cannot set both initialNodeCount and nodeCount on a node pool: leave one out";
  const { maxSurge = 1, maxUnavailable = 0 } = upgradeSettings ?? {};
  if (maxSurge + maxUnavailable < 1 || maxSurge + maxUnavailable > 20)
    return `googleapi: Error 400: maxSurge ${maxSurge} and maxUnavailable ${maxUnavailable} have to add up to 1 to 20, badRequest`;
  if (!autoscaling) return undefined;
  const { minNodeCount = 0, maxNodeCount = 0, totalMinNodeCount = 0, totalMaxNodeCount = 0 } = autoscaling;
  if (maxNodeCount > 0 === totalMaxNodeCount > 0)
    return "googleapi: Error 400: autoscaling takes either maxNodeCount or totalMaxNodeCount, of at least 1, badRequest";
  return minNodeCount > maxNodeCount || totalMinNodeCount > totalMaxNodeCount
    ? `googleapi: Error 400: autoscaling's least number of nodes ${minNodeCount + totalMinNodeCount} is more than its most, ${maxNodeCount + totalMaxNodeCount}, badRequest`
    : undefined;
}

function problemOfZones({ nodeLocations = [] }: NodePoolInputs, location: string): string | undefined {
  const outside = nodeLocations.filter(
    (zone) => zone === regionOf(zone) || regionOf(zone) !== regionOf(location),
  );
  return outside.length > 0
    ? `googleapi: Error 400: nodeLocations ${outside.join(", ")} are no zones of ${regionOf(location)}, badRequest`
    : undefined;
}

/** Machines with graphics processors of their own have as many as they have: https://cloud.google.com/compute/docs/gpus */
function problemOfMachine({ nodeConfig }: NodePoolInputs): string | undefined {
  const { machineType = usualMachine, guestAccelerators = [] } = nodeConfig ?? {};
  const machine = GKE_TYPES[machineType];
  if (!machine)
    return `the embedded gcp plugin does not know how large a machine of the type "${machineType}" is: give one of ${Object.keys(GKE_TYPES).join(", ")}`;
  const asked = guestAccelerators.reduce((sum, { count }) => sum + count, 0);
  return asked !== (machine.gpus ?? 0) && (asked > 0 || machine.gpus !== undefined)
    ? `googleapi: Error 400: a machine of the type "${machineType}" has ${machine.gpus ?? 0} graphics processors, but guestAccelerators are ${asked}, badRequest`
    : undefined;
}

function problemOfIdentity({ nodeConfig }: NodePoolInputs, { id, outputs }: Stored): string | undefined {
  const { workloadIdentityConfig } = outputs;
  const hasPool = isValues(workloadIdentityConfig) && text(workloadIdentityConfig["workloadPool"]) !== "";
  return nodeConfig?.workloadMetadataConfig?.mode === "GKE_METADATA" && !hasPool
    ? `googleapi: Error 400: workloadMetadataConfig GKE_METADATA takes Workload Identity, which the cluster '${nameIn(id)}' does not have, badRequest: give it a workloadIdentityConfig`
    : undefined;
}

/** https://cloud.google.com/kubernetes-engine/docs/how-to/using-cmek#boot-disks */
function problemOfDisk(
  { nodeConfig }: NodePoolInputs,
  { project, location }: Place,
  { store }: GoogleConfiguration,
): string | undefined {
  const { bootDiskKmsKey: key } = nodeConfig ?? {};
  return key
    ? problemOfKey({ key, region: regionOf(location), agent: "compute", project }, store)
    : undefined;
}
