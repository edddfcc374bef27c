import { uuid } from "../../cloud/ids.ts";
import { named } from "../../cloud/names.ts";
import { valuesOf } from "../../provider/bridge/types.ts";
import type { Values } from "../../provider/value.ts";
import { identityOf } from "../managedidentity/identity.ts";
import { isGiven, textOf } from "../native/given.ts";
import type { Known } from "../native/description.ts";
import { native } from "../native/native.ts";
import { clusterProperties, clusterReferences } from "./cluster-properties.ts";
import { poolsOf, problemsOfCluster } from "./cluster-rules.ts";
import { keepNodeGroup, nodeGroupOf, problemOfNodeGroup, removeNodeGroup } from "./node-group.ts";
import { imaginedPool, poolOutputs } from "./pools.ts";
import { problemOfSurroundings } from "./surroundings.ts";

/** Classes of volumes that AKS brings along: https://learn.microsoft.com/azure/aks/concepts-storage#storage-classes */
const storageClasses = [
  { name: "managed-csi", sku: "StandardSSD_LRS", isDefault: true },
  { name: "managed-csi-premium", sku: "Premium_LRS" },
].map(({ name, sku, isDefault = false }) => ({
  name,
  provisioner: "disk.csi.azure.com",
  isDefault,
  parameters: { skuname: sku },
}));

/**
 * A cluster, whose control plane is that of this machine: https://learn.microsoft.com/azure/aks/core-aks-concepts. It takes the version
 * that it is given, which the local control plane need not have.
 */
export const managedCluster = native({
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ContainerService/managedClusters/{resourceName}",
  apiVersion: "2025-09-01",
  properties: clusterProperties,
  validateName: named({
    pattern: /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?$/,
    allowed: "1 to 63 letters, digits, _ and -, a letter or digit first and last",
  }),
  references: clusterReferences,
  validate: problemsOfCluster,
  judge: (inputs, known) => problemOfNodeGroup(inputs, known) ?? problemOfSurroundings(inputs, known),
  outputsOf: clusterOutputs,
  announces: true,
  async made(outputs, known) {
    const { localCluster } = known.azure;
    keepNodeGroup(outputs, known);
    await localCluster.addStorageClasses(storageClasses);
    for (const pool of poolsOf(outputs))
      await localCluster.setNodes(
        imaginedPool(known.name, textOf(outputs["location"]), textOf(pool["name"]), pool),
      );
    const gone = namesOf(known.outputs).filter((name) => !namesOf(outputs).includes(name));
    for (const name of gone) await localCluster.removeNodes(known.name, name);
  },
  async removed(outputs, known) {
    const { localCluster, store } = known.azure;
    for (const name of namesOf(outputs)) await localCluster.removeNodes(known.name, name);
    removeNodeGroup(outputs, known);
    const others = store.all("Microsoft.ContainerService.managedClusters");
    if (others.length === 1) await localCluster.removeStorageClasses(storageClasses.map(({ name }) => name));
  },
});

function namesOf(cluster: Values | undefined): readonly string[] {
  return poolsOf(cluster ?? {}).map(({ name }) => textOf(name));
}

/** What AKS fills in. Source: a recorded answer, https://github.com/pulumi/pulumi-azure-native/tree/master/provider/pkg/provider/testdata */
function clusterOutputs(inputs: Values, known: Known): Values {
  const { location, dnsPrefix, kubernetesVersion, identity, sku, oidcIssuerProfile } = inputs;
  const version = textOf(kubernetesVersion);
  const label = `${textOf(dnsPrefix)}-${uuid(known.id).slice(0, 8)}`;
  const { enabled } = valuesOf(oidcIssuerProfile);
  return {
    ...addressOf(inputs, label),
    agentPoolProfiles: poolsOf(inputs).map((pool) => poolOutputs(pool, version)),
    azurePortalFQDN: `${label}.portal.hcp.${textOf(location)}.azmk8s.io`,
    currentKubernetesVersion: version,
    enableRBAC: inputs["enableRBAC"] ?? true,
    identity: identityOf(identity, known),
    identityProfile: { kubeletidentity: kubeletOf(inputs, known) },
    maxAgentPools: 100,
    nodeResourceGroup: nodeGroupOf(inputs, known.name),
    oidcIssuerProfile: {
      enabled: enabled ?? false,
      ...(enabled === true ? { issuerURL: issuerOf(inputs, known) } : {}),
    },
    powerState: { code: "Running" },
    provisioningState: "Succeeded",
    sku: isGiven(sku) ? sku : { name: "Base", tier: "Free" },
  };
}

/** A private cluster has a name that only its network knows. */
function addressOf({ apiServerAccessProfile, location }: Values, label: string): Values {
  const domain = `${textOf(location)}.azmk8s.io`;
  return valuesOf(apiServerAccessProfile)["enablePrivateCluster"] === true
    ? { privateFQDN: `${label}.privatelink.${domain}` }
    : { fqdn: `${label}.hcp.${domain}` };
}

function issuerOf({ location }: Values, { id, azure }: Known): string {
  return `https://${textOf(location)}.oic.prod-aks.azure.com/${azure.tenantId}/${uuid(`issuer of ${id}`)}/`;
}

/** What nodes act as, which AKS makes among the nodes. */
function kubeletOf(inputs: Values, { id, name, azure }: Known): Values {
  const group = nodeGroupOf(inputs, name);
  return {
    clientId: uuid(`kubelet's client of ${id}`),
    objectId: uuid(`kubelet of ${id}`),
    resourceId: `/subscriptions/${azure.subscriptionId}/resourceGroups/${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}-agentpool`,
  };
}
