import type { Connection } from "../../cloud/local-cluster.ts";
import type { InputsOf } from "../../provider/property.ts";
import type { Context } from "../../provider/resource.ts";
import type { Values } from "../../provider/value.ts";
import type { GoogleConfiguration } from "../configuration.ts";
import { regionOf, zonesOf } from "../locations.ts";
import { Place } from "../place.ts";
import { secondaryRanges } from "./ranges.ts";
import type { clusterProperties } from "./cluster-properties.ts";

export type ClusterInputs = InputsOf<typeof clusterProperties>;

/** Zones that the cloud chooses of a region where a cluster names none. */
const usualZones = 3;

/** Where the nodes of a cluster are that says nothing else. */
function nodeZones(location: string): readonly string[] {
  return location === regionOf(location) ? zonesOf(location).slice(0, usualZones) : [location];
}

/** What the cloud adds. The version is that of this machine's control plane, whatever was asked for. */
export function clusterOutputs(
  inputs: ClusterInputs,
  { id, configuration }: Context<GoogleConfiguration> & { readonly id: string },
  connection: Connection,
): Values {
  const { location } = new Place(inputs, configuration);
  const endpoint = connection.endpoint.replace(/^https:\/\//, "");
  const version = connection.version.replace(/^v/, "");
  const ranges = secondaryRanges(inputs, configuration.store);
  return {
    ...usual(inputs),
    endpoint,
    location,
    masterAuth: {
      clientCertificateConfig: { issueClientCertificate: false },
      clusterCaCertificate: connection.certificateAuthority,
    },
    masterVersion: version,
    nodeVersion: version,
    nodeLocations: inputs.nodeLocations ?? nodeZones(location),
    privateClusterConfig: privateCluster(inputs, endpoint),
    selfLink: `https://container.googleapis.com/v1/${id}`,
    clusterIpv4Cidr: ranges.pods ?? null,
    servicesIpv4Cidr: ranges.services ?? null,
  };
}

/** The address of a private endpoint is in the cluster's own network; the local control plane has one address for all. */
function privateCluster({ privateClusterConfig = {} }: ClusterInputs, endpoint: string): Values {
  return {
    enablePrivateEndpoint: false,
    enablePrivateNodes: false,
    ...privateClusterConfig,
    masterGlobalAccessConfig: privateClusterConfig.masterGlobalAccessConfig ?? { enabled: false },
    privateEndpoint: endpoint,
    publicEndpoint: privateClusterConfig.enablePrivateEndpoint ? "" : endpoint,
  };
}

/** What a Standard cluster is where nothing is said: https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters */
function usual(inputs: ClusterInputs): Values {
  return {
    anonymousAuthenticationConfig: inputs.anonymousAuthenticationConfig ?? { mode: "ENABLED" },
    costManagementConfig: inputs.costManagementConfig ?? { enabled: false },
    databaseEncryption: inputs.databaseEncryption ?? { keyName: "", state: "DECRYPTED" },
    datapathProvider: inputs.datapathProvider ?? "LEGACY_DATAPATH",
    defaultMaxPodsPerNode: inputs.defaultMaxPodsPerNode ?? 110,
    enableIntranodeVisibility: inputs.enableIntranodeVisibility ?? false,
    gatewayApiConfig: inputs.gatewayApiConfig ?? { channel: "CHANNEL_DISABLED" },
    networkingMode: inputs.networkingMode ?? "VPC_NATIVE",
    releaseChannel: inputs.releaseChannel ?? { channel: "REGULAR" },
    serviceExternalIpsConfig: inputs.serviceExternalIpsConfig ?? { enabled: false },
    verticalPodAutoscaling: inputs.verticalPodAutoscaling ?? { enabled: false },
    loggingConfig: inputs.loggingConfig ?? { enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS"] },
  };
}
