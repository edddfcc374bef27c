import * as container from "@pulumi/gcp/container/index.js";
import type * as pulumi from "@pulumi/pulumi";
import type { GkeArgs, MaintenanceArgs } from "./gke-args.ts";
import type { ClusterNetwork } from "./network.ts";
import type { NodeAccount } from "./node-account.ts";
import type { GkeScope } from "./scope.ts";

/** A control plane, made here or there already. */
export interface ControlPlane {
  /** Name of the cluster. */
  readonly name: pulumi.Output<string>;
  /** Host of the API server. */
  readonly endpoint: pulumi.Output<string>;
  /** Certificate of the authority that the API server's own is signed by, in PEM and that in base64. */
  readonly authority: pulumi.Output<string>;
}

/** What a control plane is made of. */
export interface ControlPlaneParts {
  readonly network: ClusterNetwork;
  readonly account: NodeAccount;
  /** Id of the key that Secrets are encrypted with. */
  readonly secretsKey: pulumi.Input<string>;
  /** Addresses of the control plane in the network. */
  readonly range: string;
  /** Least version of Kubernetes. */
  readonly version: string;
}

const WEEKENDS: MaintenanceArgs = {
  start: "2026-01-03T02:00:00Z",
  end: "2026-01-03T10:00:00Z",
  recurrence: "FREQ=WEEKLY;BYDAY=SA,SU",
};

/** A control plane that is there already. */
export function existingControlPlane({ project, region, asking }: GkeScope, cluster: string): ControlPlane {
  const found = container.getClusterOutput({ name: cluster, project, location: region }, asking);
  return {
    name: found.name,
    endpoint: found.endpoint,
    authority: found.masterAuths.apply(([auth]) => auth!.clusterCaCertificate),
  };
}

/** Makes a regional control plane, hardened by https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster. */
export function makeControlPlane(scope: GkeScope, args: GkeArgs, parts: ControlPlaneParts): ControlPlane {
  const { name, region, protect, options } = scope;
  const cluster = new container.Cluster(
    name,
    {
      name,
      location: region,
      ...(args.zones && { nodeLocations: [...args.zones] }),
      deletionProtection: protect,
      minMasterVersion: parts.version,
      releaseChannel: { channel: args.channel ?? "REGULAR" },
      maintenancePolicy: { recurringWindow: maintenanceWindow(args.maintenance) },
      ...firstPool(parts.account),
      ...networking(parts.network),
      ...access(args, parts.range),
      ...security(scope, parts.secretsKey),
      ...observation(args),
    },
    // Google reports the nodes of some other pool here, once the first one is removed.
    options({ protect, ignoreChanges: ["nodeConfig"] }),
  );
  const authority = cluster.masterAuth.apply(({ clusterCaCertificate }) => clusterCaCertificate);
  return { name: cluster.name, endpoint: cluster.endpoint, authority };
}

function maintenanceWindow({ start, end, recurrence }: MaintenanceArgs = WEEKENDS) {
  return { startTime: start, endTime: end, recurrence };
}

/** No cluster is made without a pool; this one goes at once, and never has Compute Engine's own account. */
function firstPool({ email }: NodeAccount) {
  return {
    initialNodeCount: 1,
    removeDefaultNodePool: true,
    nodeConfig: {
      serviceAccount: email,
      shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
      workloadMetadataConfig: { mode: "GKE_METADATA" },
    },
  };
}

/**
 * Dataplane V2 enforces network policies by itself; the Gateway API takes Google's load balancers. Names are looked up at pods of
 * kube-system, which network policies can name: Cloud DNS and the cache on nodes answer at addresses that no pod has
 * (https://cloud.google.com/kubernetes-engine/docs/how-to/nodelocal-dns-cache#network_policy).
 */
function networking({ network, subnetwork, podsRange, servicesRange }: ClusterNetwork) {
  return {
    network,
    subnetwork,
    networkingMode: "VPC_NATIVE",
    ipAllocationPolicy: { clusterSecondaryRangeName: podsRange, servicesSecondaryRangeName: servicesRange },
    datapathProvider: "ADVANCED_DATAPATH",
    enableIntranodeVisibility: true,
    serviceExternalIpsConfig: { enabled: false },
    dnsConfig: { clusterDns: "KUBE_DNS" },
    gatewayApiConfig: { channel: "CHANNEL_STANDARD" },
    addonsConfig: {
      httpLoadBalancing: { disabled: false },
      horizontalPodAutoscaling: { disabled: false },
      gcePersistentDiskCsiDriverConfig: { enabled: true },
      dnsCacheConfig: { enabled: false },
    },
  };
}

/** Nodes have no public address. The API server has one if it may be reached from anywhere over the internet. */
function access({ access: networks, securityGroup }: GkeArgs, masterIpv4CidrBlock: string) {
  return {
    privateClusterConfig: {
      enablePrivateNodes: true,
      enablePrivateEndpoint: networks.length === 0,
      masterIpv4CidrBlock,
    },
    masterAuthorizedNetworksConfig: {
      cidrBlocks: networks.map((cidrBlock) => ({ cidrBlock })),
      gcpPublicCidrsAccessEnabled: false,
    },
    masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
    enableLegacyAbac: false,
    anonymousAuthenticationConfig: { mode: "LIMITED" },
    rbacBindingConfig: {
      enableInsecureBindingSystemAuthenticated: false,
      enableInsecureBindingSystemUnauthenticated: false,
    },
    ...(securityGroup !== undefined && { authenticatorGroupsConfig: { securityGroup } }),
  };
}

function security({ project }: GkeScope, secretsKey: pulumi.Input<string>) {
  return {
    databaseEncryption: { state: "ENCRYPTED", keyName: secretsKey },
    workloadIdentityConfig: { workloadPool: `${project}.svc.id.goog` },
    enableShieldedNodes: true,
    binaryAuthorization: { evaluationMode: "PROJECT_SINGLETON_POLICY_ENFORCE" },
    securityPostureConfig: { mode: "BASIC", vulnerabilityMode: "VULNERABILITY_DISABLED" },
  };
}

function observation({ managedPrometheus = false }: GkeArgs) {
  return {
    loggingConfig: {
      enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS", "APISERVER", "SCHEDULER", "CONTROLLER_MANAGER"],
    },
    monitoringConfig: {
      enableComponents: ["SYSTEM_COMPONENTS"],
      managedPrometheus: { enabled: managedPrometheus },
    },
    costManagementConfig: { enabled: true },
  };
}
