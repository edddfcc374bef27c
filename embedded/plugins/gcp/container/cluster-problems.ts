/** What the cloud refuses of a cluster that each property by itself is right in. */
import type { Context } from "../../provider/resource.ts";
import type { GoogleConfiguration } from "../configuration.ts";
import { problemOfKey } from "../kms/use.ts";
import { nameIn } from "../links.ts";
import { regionOf } from "../locations.ts";
import { Place } from "../place.ts";
import type { ClusterInputs } from "./cluster-outputs.ts";
import { problemOfSecondaryRanges, subnetworkOf } from "./ranges.ts";
import { problemOfUpgrade } from "./versions.ts";
import { text } from "../../cloud/values.ts";

type About = Context<GoogleConfiguration> & { readonly id: string | undefined };

/** The first one found. */
export function problemOfCluster(inputs: ClusterInputs, context: About): string | undefined {
  for (const judge of judges) {
    const problem = judge(inputs, context);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

const judges: readonly ((inputs: ClusterInputs, context: About) => string | undefined)[] = [
  problemOfFirstPool,
  problemOfSubnetwork,
  (inputs, { configuration }) => problemOfSecondaryRanges(inputs, configuration.store),
  problemOfZones,
  problemOfPolicies,
  problemOfEndpoint,
  problemOfIdentity,
  problemOfEncryption,
  (inputs, { id, configuration }) =>
    problemOfUpgrade(
      inputs.minMasterVersion,
      id === undefined
        ? undefined
        : text(configuration.store.get("clusters", id)?.outputs["minMasterVersion"]),
    ),
];

function problemOfFirstPool({
  initialNodeCount = 0,
  removeDefaultNodePool,
  masterAuth,
}: ClusterInputs): string | undefined {
  if (initialNodeCount === 0)
    return "googleapi: Error 400: Cluster.initial_node_count must be greater than zero, badRequest";
  if (!removeDefaultNodePool)
    return "the embedded gcp plugin makes nodes of gcp.container.NodePool alone: set removeDefaultNodePool to true";
  return masterAuth?.clientCertificateConfig.issueClientCertificate
    ? "the embedded gcp plugin issues no client certificates: set masterAuth.clientCertificateConfig.issueClientCertificate to false"
    : undefined;
}

function problemOfSubnetwork(inputs: ClusterInputs, { configuration }: About): string | undefined {
  const found = subnetworkOf(inputs, configuration.store);
  if (!found) return undefined;
  const { location } = new Place(inputs, configuration);
  if (text(found.outputs["region"]) !== regionOf(location))
    return `googleapi: Error 400: the subnetwork '${found.id}' is not in the region ${regionOf(location)} of the cluster, badRequest`;
  return nameIn(text(found.outputs["network"])) === nameIn(inputs.network)
    ? undefined
    : `googleapi: Error 400: the subnetwork '${found.id}' is not one of the network '${inputs.network}', badRequest`;
}

function problemOfZones(
  { nodeLocations = [], ...inputs }: ClusterInputs,
  { configuration }: About,
): string | undefined {
  const { location } = new Place(inputs, configuration);
  const outside = nodeLocations.filter(
    (zone) => zone === regionOf(zone) || regionOf(zone) !== regionOf(location),
  );
  return outside.length > 0
    ? `googleapi: Error 400: nodeLocations ${outside.join(", ")} are no zones of ${regionOf(location)}, badRequest`
    : undefined;
}

/** https://cloud.google.com/kubernetes-engine/docs/how-to/dataplane-v2: it enforces network policies by itself. */
function problemOfPolicies({ datapathProvider, networkPolicy }: ClusterInputs): string | undefined {
  return datapathProvider === "ADVANCED_DATAPATH" && networkPolicy?.enabled
    ? "googleapi: Error 400: Enabling NetworkPolicy for clusters with DatapathProvider=ADVANCED_DATAPATH is not allowed, badRequest: leave networkPolicy out"
    : undefined;
}

/** https://cloud.google.com/kubernetes-engine/docs/how-to/private-clusters */
function problemOfEndpoint({
  privateClusterConfig,
  masterAuthorizedNetworksConfig,
}: ClusterInputs): string | undefined {
  const { enablePrivateEndpoint, enablePrivateNodes } = privateClusterConfig ?? {};
  if (!enablePrivateEndpoint) return undefined;
  if (!enablePrivateNodes)
    return "googleapi: Error 400: enablePrivateEndpoint takes enablePrivateNodes, badRequest: set both, or neither";
  return masterAuthorizedNetworksConfig
    ? undefined
    : "googleapi: Error 400: master_authorized_networks_config must be enabled when private endpoint is enabled, badRequest: give masterAuthorizedNetworksConfig, which may have no cidrBlocks";
}

/** https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity#enable_on_clusters_and_node_pools */
function problemOfIdentity(inputs: ClusterInputs, { configuration }: About): string | undefined {
  const { project } = new Place(inputs, configuration);
  const { workloadPool } = inputs.workloadIdentityConfig ?? {};
  if (workloadPool !== undefined && workloadPool !== `${project}.svc.id.goog`)
    return `googleapi: Error 400: workloadPool "${workloadPool}" is not supported, badRequest: it is "${project}.svc.id.goog"`;
  return inputs.nodeConfig?.workloadMetadataConfig?.mode === "GKE_METADATA" && workloadPool === undefined
    ? "googleapi: Error 400: workloadMetadataConfig GKE_METADATA takes Workload Identity, badRequest: give workloadIdentityConfig"
    : undefined;
}

/** https://cloud.google.com/kubernetes-engine/docs/how-to/encrypting-secrets */
function problemOfEncryption(inputs: ClusterInputs, { configuration }: About): string | undefined {
  const { state, keyName: key } = inputs.databaseEncryption ?? {};
  if (state === undefined || state === "DECRYPTED") return undefined;
  if (!key) return `googleapi: Error 400: databaseEncryption "${state}" takes a keyName, badRequest`;
  const { project, location } = new Place(inputs, configuration);
  return problemOfKey({ key, region: regionOf(location), agent: "container", project }, configuration.store);
}
