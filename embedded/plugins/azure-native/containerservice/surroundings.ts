/** What AKS refuses of a cluster in view of its network, its keys and its identity, which are to be ready before it. */
import { contains, overlap, parseRange } from "../../cloud/networks.ts";
import { listOf, valuesOf } from "../../provider/bridge/types.ts";
import type { Values } from "../../provider/value.ts";
import { isAllowed } from "../authorization/role-assignment.ts";
import type { Azure } from "../azure.ts";
import { isGiven, textOf, textsOf } from "../native/given.ts";
import { storedAt } from "../native/identity.ts";
import type { Known } from "../native/description.ts";
import { nameOf, parentOf } from "../native/path.ts";
import { prefixesOf } from "../network/ranges.ts";
import { poolsOf } from "./cluster-rules.ts";
import { problemOfChange } from "./pools.ts";

type Judge = (inputs: Values, azure: Azure) => string | undefined;

export function problemOfSurroundings(inputs: Values, { azure, outputs }: Known): string | undefined {
  const judges: readonly Judge[] = [
    problemOfRanges,
    problemOfOutbound,
    problemOfApiServer,
    problemOfNetworkRights,
    problemOfSecretsKey,
    problemOfDisksKey,
  ];
  return [
    ...judges.map((judge) => judge(inputs, azure)),
    ...poolsOf(inputs).map((pool) => problemOfPool(pool, outputs)),
    problemOfDowngrade(inputs, outputs),
  ].find((problem) => problem !== undefined);
}

function nodeSubnetsOf(inputs: Values): readonly string[] {
  const ids = poolsOf(inputs).map(({ vnetSubnetID }) => textOf(vnetSubnetID));
  return [...new Set(ids)].filter((id) => id !== "");
}

/** Addresses of Services and of an overlay's pods are none of the network: https://learn.microsoft.com/azure/aks/azure-cni-overlay */
function problemOfRanges(inputs: Values, azure: Azure): string | undefined {
  const { serviceCidr, podCidr } = valuesOf(inputs["networkProfile"]);
  const [subnetId = ""] = nodeSubnetsOf(inputs);
  const network = storedAt(parentOf(subnetId), azure.store)?.outputs ?? {};
  const spaces = textsOf(valuesOf(network["addressSpace"])["addressPrefixes"]);
  const [taken] = [serviceCidr, podCidr]
    .filter(isGiven)
    .map(textOf)
    .filter((range) => spaces.some((space) => overlap(parseRange(space), parseRange(range))));
  return (
    taken &&
    `ServiceCidrOverlapExistingSubnetsCidr: the range ${taken} overlaps with the virtual network ${nameOf(parentOf(subnetId))} (${spaces.join(", ")})`
  );
}

/** https://learn.microsoft.com/azure/aks/nat-gateway */
function problemOfOutbound(inputs: Values, azure: Azure): string | undefined {
  const { outboundType } = valuesOf(inputs["networkProfile"]);
  const ways: Readonly<Record<string, string>> = {
    userAssignedNATGateway: "natGateway",
    userDefinedRouting: "routeTable",
  };
  const way = ways[textOf(outboundType)];
  if (way === undefined) return undefined;
  const subnets = nodeSubnetsOf(inputs);
  const without = subnets.find((id) => !isGiven(storedAt(id, azure.store)?.outputs[way]));
  return subnets.length === 0 || without !== undefined
    ? `InvalidParameter: 'outboundType' ${textOf(outboundType)} needs a subnet of the nodes with a '${way}'${without === undefined ? "" : `, which ${nameOf(without)} has not`}`
    : undefined;
}

/** https://learn.microsoft.com/azure/aks/api-server-vnet-integration */
function problemOfApiServer(inputs: Values, azure: Azure): string | undefined {
  const id = textOf(valuesOf(inputs["apiServerAccessProfile"])["subnetId"]);
  if (id === "") return undefined;
  const subnet = storedAt(id, azure.store)?.outputs ?? {};
  const services = listOf(subnet["delegations"]).map((each) => textOf(valuesOf(each)["serviceName"]));
  if (!services.includes("Microsoft.ContainerService/managedClusters"))
    return `InvalidParameter: the API server's subnet ${nameOf(id)} must be delegated to Microsoft.ContainerService/managedClusters`;
  const fits = prefixesOf(subnet).some((prefix) =>
    contains(parseRange(prefix), { ...parseRange(prefix), size: 16 }),
  );
  return fits
    ? undefined
    : `InvalidParameter: the API server's subnet ${nameOf(id)} (${prefixesOf(subnet).join(", ")}) must be a /28 at least`;
}

/** https://learn.microsoft.com/azure/aks/configure-azure-cni#prerequisites */
function problemOfNetworkRights(inputs: Values, azure: Azure): string | undefined {
  const apiServer = textOf(valuesOf(inputs["apiServerAccessProfile"])["subnetId"]);
  const subnets = [...nodeSubnetsOf(inputs), ...(apiServer === "" ? [] : [apiServer])];
  return subnets
    .map((id) => problemOfRight(inputs, azure, ["Network Contributor", "Contributor", "Owner"], id))
    .find((problem) => problem !== undefined);
}

/** https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption */
function problemOfSecretsKey(inputs: Values, azure: Azure): string | undefined {
  const { azureKeyVaultKms } = valuesOf(inputs["securityProfile"]);
  const { enabled, keyId } = valuesOf(azureKeyVaultKms);
  if (enabled !== true) return undefined;
  const key = keyAt(textOf(keyId), azure);
  if (key === undefined)
    return `AzureKeyVaultKmsKeyNotFound: there is no key ${textOf(keyId)}: make it first, and give its address with its version`;
  return problemOfRight(inputs, azure, ["Key Vault Crypto User", "Key Vault Administrator"], key);
}

/** https://learn.microsoft.com/azure/aks/azure-disk-customer-managed-keys */
function problemOfDisksKey(inputs: Values, azure: Azure): string | undefined {
  const id = textOf(inputs["diskEncryptionSetID"]);
  if (id === "") return undefined;
  const { identity, activeKey } = storedAt(id, azure.store)?.outputs ?? {};
  const { keyUrl } = valuesOf(activeKey);
  const key = keyAt(textOf(keyUrl), azure);
  const principal = textOf(valuesOf(identity)["principalId"]);
  if (key === undefined || principal === "") return undefined;
  return isAllowed(principal, ["Key Vault Crypto Service Encryption User"], key, azure)
    ? undefined
    : `KeyVaultAccessForbidden: the disk encryption set ${nameOf(id)} must have the role Key Vault Crypto Service Encryption User on ${key}, before disks are made`;
}

/** Rights of an identity that is there before the cluster; one of the cluster's own gets its from AKS. */
function problemOfRight(
  inputs: Values,
  azure: Azure,
  wanted: readonly string[],
  resourceId: string,
): string | undefined {
  const [identityId = ""] = textsOf(valuesOf(inputs["identity"])["userAssignedIdentities"]);
  const principal = textOf(storedAt(identityId, azure.store)?.outputs["principalId"]);
  if (principal === "" || isAllowed(principal, wanted, resourceId, azure)) return undefined;
  return `LinkedAuthorizationFailed: the cluster's identity ${nameOf(identityId)} must have the role ${wanted[0]} on ${resourceId}, before the cluster is made`;
}

/** The id of the key with this address. */
function keyAt(address: string, azure: Azure): string | undefined {
  const keys = azure.store.all("Microsoft.KeyVault.vaults.keys");
  const key = keys.find(({ outputs }) => outputs["keyUriWithVersion"] === address);
  return key && textOf(key.outputs["id"]);
}

function problemOfPool(pool: Values, cluster: Values | undefined): string | undefined {
  const before = poolsOf(cluster ?? {}).find(({ name }) => name === pool["name"]);
  const hasSize = before === undefined || before["vmSize"] === pool["vmSize"];
  return hasSize
    ? problemOfChange(pool, before)
    : `PropertyChangeNotAllowed: changing property 'vmSize' of the pool '${textOf(pool["name"])}' is not allowed`;
}

/** Only upwards, one minor version at a time: https://learn.microsoft.com/azure/aks/upgrade-aks-cluster */
function problemOfDowngrade({ kubernetesVersion }: Values, outputs: Values | undefined): string | undefined {
  const [before, after] = [outputs?.["kubernetesVersion"], kubernetesVersion].map((version) => {
    const [major = 0, minor = 0] = textOf(version).split(".").map(Number);
    return { major, minor };
  });
  if (!before || !after || before.major === 0 || after.major === 0) return undefined;
  const steps = after.minor - before.minor;
  return steps === 0 || steps === 1
    ? undefined
    : `OperationNotAllowed: upgrading Kubernetes version ${textOf(outputs?.["kubernetesVersion"])} to ${textOf(kubernetesVersion)} is not allowed: go up by one minor version at a time, and never down`;
}
