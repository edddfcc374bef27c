import { type CloudView, seeCloud } from "./cloud.ts";
import { at, flag, list, not, some, text, type Told, UNKNOWN } from "./read.ts";
import { none, type Resource } from "./view.ts";

/** How machines are made that become nodes of a cluster. */
export interface NodeMachine {
  /** What it is, with its name. */
  readonly title: string;
  /** Whether pods are kept from the credentials of their node; `undefined` where they are in any case, or another resource says it. */
  readonly guardsCredentials: Told<boolean> | undefined;
  /** Whether all its disks are encrypted; `undefined` where the cloud encrypts all disks. */
  readonly encryptsDisks: Told<boolean> | undefined;
  /** Whether it has an address that is reached over the internet; `undefined` where another resource says it. */
  readonly isPublic: Told<boolean> | undefined;
}

const view: CloudView<NodeMachine> = {
  "aws:ec2/launchTemplate:LaunchTemplate": launchTemplate,
  "aws:eks/cluster:Cluster": none,
  "azure-native:containerservice:AgentPool": ({ name, props }) => [aksPool(`the node pool "${name}"`, props)],
  "azure-native:containerservice:ManagedCluster": ({ name, props }) =>
    list(at(props, "agentPoolProfiles")).map((profile) => aksPool(`a node pool of "${name}"`, profile)),
  "gcp:container/cluster:Cluster": ({ name, props }) => [
    {
      title: `the GKE cluster "${name}"`,
      guardsCredentials: undefined,
      encryptsDisks: undefined,
      isPublic: not(flag(at(props, "privateClusterConfig", "enablePrivateNodes"), false)),
    },
  ],
  "gcp:container/nodePool:NodePool": gkePool,
};

/** The machines that a resource declares. */
export function nodeMachines(resource: Resource): readonly NodeMachine[] {
  return seeCloud(view, resource);
}

/** Leaving the tokens optional lets any process ask: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html */
function launchTemplate({ name, props }: Resource): readonly NodeMachine[] {
  const disks = list(at(props, "blockDeviceMappings")).map((device) => truth(at(device, "ebs", "encrypted")));
  const addresses = list(at(props, "networkInterfaces")).map((each) =>
    truth(at(each, "associatePublicIpAddress")),
  );
  const tokens = text(at(props, "metadataOptions", "httpTokens"));
  return [
    {
      title: `the launch template "${name}"`,
      guardsCredentials: tokens === UNKNOWN ? UNKNOWN : tokens === "required",
      // Without disks of its own it has those of its image, which AWS encrypts if the account says so.
      encryptsDisks: disks.length === 0 ? false : not(some(disks, (encrypted) => !encrypted)),
      isPublic: some(addresses, (isPublic) => isPublic),
    },
  ];
}

/** https://cloud.google.com/kubernetes-engine/docs/how-to/protecting-cluster-metadata */
function gkePool({ name, props }: Resource): readonly NodeMachine[] {
  const mode = text(at(props, "nodeConfig", "workloadMetadataConfig", "mode"));
  const isPrivate = at(props, "networkConfig", "enablePrivateNodes");
  return [
    {
      title: `the node pool "${name}"`,
      guardsCredentials: mode === UNKNOWN ? UNKNOWN : mode === "GKE_METADATA",
      encryptsDisks: undefined,
      isPublic: isPrivate === undefined ? undefined : not(flag(isPrivate, true)),
    },
  ];
}

/** Azure encrypts all disks: https://learn.microsoft.com/azure/virtual-machines/disk-encryption-overview */
function aksPool(title: string, profile: unknown): NodeMachine {
  return {
    title,
    guardsCredentials: undefined,
    encryptsDisks: undefined,
    isPublic: flag(at(profile, "enableNodePublicIP"), false),
  };
}

/** A switch that AWS has as a text. */
function truth(value: unknown): Told<boolean> {
  const told = text(value);
  return told === UNKNOWN ? UNKNOWN : told === "true";
}
