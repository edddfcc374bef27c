import { type CloudView, seeCloud } from "./cloud.ts";
import { at, flag, list, not, some, text, texts, type Told, UNKNOWN } from "./read.ts";
import { none, type Resource } from "./view.ts";

/** What runs a cluster of a cloud. */
export interface ControlPlane {
  /** What it is, with its name. */
  readonly title: string;
  /** Networks from which it is reached over the internet, in CIDR notation. */
  readonly access: readonly Told<string>[];
  /** Whether Secrets are encrypted by a key of the customer's own. */
  readonly encryptsSecrets: Told<boolean>;
  /** Whether it logs who did what; `undefined` where the cloud does so in any case, or another resource says it. */
  readonly audits: Told<boolean> | undefined;
  /** Whether it knows accounts, passwords or certificates of its own beside the cloud's accounts. */
  readonly hasOwnAccounts: Told<boolean>;
}

/** All addresses, as clouds write it. */
export const EVERYWHERE = "0.0.0.0/0";

const view: CloudView<ControlPlane> = {
  "aws:ec2/launchTemplate:LaunchTemplate": none,
  "aws:eks/cluster:Cluster": eks,
  "azure-native:containerservice:AgentPool": none,
  "azure-native:containerservice:ManagedCluster": aks,
  "gcp:container/cluster:Cluster": gke,
  "gcp:container/nodePool:NodePool": none,
};

/** The control planes that a resource declares. */
export function controlPlanes(resource: Resource): readonly ControlPlane[] {
  return seeCloud(view, resource);
}

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
function eks({ name, props }: Resource): readonly ControlPlane[] {
  const isPublic = flag(at(props, "vpcConfig", "endpointPublicAccess"), true);
  const networks = texts(at(props, "vpcConfig", "publicAccessCidrs"));
  return [
    {
      title: `the EKS cluster "${name}"`,
      access: reached(isPublic, networks),
      encryptsSecrets: some(texts(at(props, "encryptionConfig", "resources")), (each) => each === "secrets"),
      audits: some(texts(at(props, "enabledClusterLogTypes")), (each) => each === "audit"),
      hasOwnAccounts: false,
    },
  ];
}

/** https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters */
function gke({ name, props }: Resource): readonly ControlPlane[] {
  const authorized = at(props, "masterAuthorizedNetworksConfig");
  const networks = list(at(authorized, "cidrBlocks")).flatMap((block) => text(at(block, "cidrBlock")) ?? []);
  const isPublic = not(flag(at(props, "privateClusterConfig", "enablePrivateEndpoint"), false));
  const issues = flag(at(props, "masterAuth", "clientCertificateConfig", "issueClientCertificate"), false);
  return [
    {
      title: `the GKE cluster "${name}"`,
      // Stated without any network, nobody is let in.
      access: authorized !== undefined && networks.length === 0 ? [] : reached(isPublic, networks),
      encryptsSecrets: is(text(at(props, "databaseEncryption", "state")), "ENCRYPTED"),
      audits: undefined,
      hasOwnAccounts: some([issues, flag(at(props, "enableLegacyAbac"), false)], (each) => each),
    },
  ];
}

/** https://learn.microsoft.com/rest/api/aks/managed-clusters/create-or-update */
function aks({ name, props }: Resource): readonly ControlPlane[] {
  const profile = at(props, "apiServerAccessProfile");
  return [
    {
      title: `the AKS cluster "${name}"`,
      access: reached(
        not(flag(at(profile, "enablePrivateCluster"), false)),
        texts(at(profile, "authorizedIPRanges")),
      ),
      encryptsSecrets: flag(at(props, "securityProfile", "azureKeyVaultKms", "enabled"), false),
      audits: undefined,
      hasOwnAccounts: not(flag(at(props, "disableLocalAccounts"), false)),
    },
  ];
}

/** Where no network is named, clouds mean all. */
function reached(isPublic: Told<boolean>, networks: readonly Told<string>[]): readonly Told<string>[] {
  if (isPublic === UNKNOWN) return [UNKNOWN];
  if (!isPublic) return [];
  return networks.length === 0 ? [EVERYWHERE] : networks;
}

function is(value: Told<string> | undefined, wanted: string): Told<boolean> {
  return value === UNKNOWN ? UNKNOWN : value === wanted;
}
