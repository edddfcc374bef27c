import type { Registered } from "../support/audit.ts";

type Props = Readonly<Record<string, unknown>>;

/** An EKS cluster that every rule accepts. */
export function eksCluster(change: Props = {}): Registered {
  return {
    type: "aws:eks/cluster:Cluster",
    name: "ai",
    props: {
      vpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ["198.51.100.0/24"] },
      encryptionConfig: { provider: { keyArn: "arn:aws:kms:key" }, resources: ["secrets"] },
      enabledClusterLogTypes: ["api", "audit"],
      ...change,
    },
  };
}

/** A GKE cluster that every rule accepts. */
export function gkeCluster(change: Props = {}): Registered {
  return {
    type: "gcp:container/cluster:Cluster",
    name: "ai",
    props: {
      masterAuthorizedNetworksConfig: { cidrBlocks: [{ cidrBlock: "198.51.100.0/24" }] },
      privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: false },
      databaseEncryption: { state: "ENCRYPTED", keyName: "secrets" },
      masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
      enableLegacyAbac: false,
      ...change,
    },
  };
}

/** An AKS cluster that every rule accepts. */
export function aksCluster(change: Props = {}): Registered {
  return {
    type: "azure-native:containerservice:ManagedCluster",
    name: "ai",
    props: {
      apiServerAccessProfile: { authorizedIPRanges: ["198.51.100.0/24"] },
      securityProfile: { azureKeyVaultKms: { enabled: true, keyId: "key" } },
      disableLocalAccounts: true,
      agentPoolProfiles: [{ name: "general", mode: "System" }],
      ...change,
    },
  };
}

/** A launch template that every rule accepts. */
export function launchTemplate(change: Props = {}): Registered {
  return {
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    name: "ai-general",
    props: {
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "true" } }],
      ...change,
    },
  };
}

/** A node pool of GKE that every rule accepts. */
export function gkePool(change: Props = {}): Registered {
  return {
    type: "gcp:container/nodePool:NodePool",
    name: "ai-general",
    props: {
      networkConfig: { enablePrivateNodes: true },
      nodeConfig: { workloadMetadataConfig: { mode: "GKE_METADATA" } },
      ...change,
    },
  };
}

/** A node pool of AKS that every rule accepts. */
export function aksPool(change: Props = {}): Registered {
  return { type: "azure-native:containerservice:AgentPool", name: "memory", props: { count: 1, ...change } };
}
