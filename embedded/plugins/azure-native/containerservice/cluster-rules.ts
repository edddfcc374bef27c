/** What AKS refuses of a cluster by itself: settings that don't go together. */
import { contains, overlap, parseRange } from "../../cloud/networks.ts";
import { listOf, valuesOf } from "../../provider/bridge/types.ts";
import { isUnknown, type Value, type Values } from "../../provider/value.ts";
import { isGiven, textOf, textsOf } from "../native/given.ts";
import { problemsOfPool } from "./pools.ts";

/** https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges: 2000 with API Server VNet Integration. */
const mostRanges = { integrated: 2000, own: 200 };

export function problemsOfCluster(inputs: Values): readonly string[] {
  return [
    ...problemsOfPools(inputs),
    ...problemsOfRanges(valuesOf(inputs["networkProfile"])),
    ...problemsOfPlugin(valuesOf(inputs["networkProfile"])),
    ...problemsOfAccess(valuesOf(inputs["apiServerAccessProfile"])),
    ...problemsOfAccounts(inputs),
    ...problemsOfSecurity(inputs),
  ];
}

export function poolsOf(cluster: Values): readonly Values[] {
  return listOf(cluster["agentPoolProfiles"]).map(valuesOf);
}

/** Whether there is something, known or not. */
function isOn(value: Value | undefined): boolean {
  return value === true || isUnknown(value);
}

function unless(right: boolean, problem: string): readonly string[] {
  return right ? [] : [`InvalidParameter: ${problem}`];
}

function problemsOfPools(inputs: Values): readonly string[] {
  if (isUnknown(inputs["agentPoolProfiles"])) return [];
  const pools = poolsOf(inputs);
  const names = pools.map(({ name }) => textOf(name));
  return [
    ...unless(
      pools.some(({ mode }) => mode === "System"),
      "'agentPoolProfiles' must have at least one pool of the mode System",
    ),
    ...unless(new Set(names).size === names.length, `two node pools have one name: ${names.join(", ")}`),
    ...pools.flatMap((pool) => problemsOfPool(textOf(pool["name"]), pool)),
  ];
}

/** https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning */
function problemsOfRanges({ podCidr, serviceCidr, dnsServiceIP }: Values): readonly string[] {
  const [pods, services] = [podCidr, serviceCidr].map((value) =>
    isGiven(value) && !isUnknown(value) ? parseRange(textOf(value)) : undefined,
  );
  const address =
    isGiven(dnsServiceIP) && !isUnknown(dnsServiceIP) ? parseRange(`${textOf(dnsServiceIP)}/32`) : undefined;
  return [
    ...unless(!pods || !services || !overlap(pods, services), "'podCidr' and 'serviceCidr' overlap"),
    ...unless(
      !address || !services || (contains(services, address) && address.first !== services.first),
      "'dnsServiceIP' must be inside 'serviceCidr', and not its first address",
    ),
  ];
}

/** https://learn.microsoft.com/azure/aks/azure-cni-powered-by-cilium */
function problemsOfPlugin(network: Values): readonly string[] {
  const { networkPlugin, networkPluginMode, networkDataplane, networkPolicy } = network;
  const isAzure = networkPlugin === "azure" || isUnknown(networkPlugin);
  return [
    ...unless(
      networkPluginMode !== "overlay" || isAzure,
      "'networkPluginMode' overlay needs 'networkPlugin' azure",
    ),
    ...unless(
      networkDataplane !== "cilium" || isAzure,
      "'networkDataplane' cilium needs 'networkPlugin' azure",
    ),
    ...unless(
      networkPolicy !== "cilium" || networkDataplane === "cilium" || isUnknown(networkDataplane),
      "'networkPolicy' cilium needs 'networkDataplane' cilium",
    ),
  ];
}

function problemsOfAccess(access: Values): readonly string[] {
  const { authorizedIPRanges, enablePrivateCluster, enableVnetIntegration, subnetId } = access;
  const ranges = textsOf(authorizedIPRanges).filter((each) => !isUnknown(each));
  const most = isOn(enableVnetIntegration) ? mostRanges.integrated : mostRanges.own;
  return [
    ...ranges.flatMap(problemOfRange),
    ...unless(
      ranges.length <= most,
      `'authorizedIPRanges' has ${ranges.length} ranges, and ${most} are the most`,
    ),
    ...unless(
      ranges.length === 0 || enablePrivateCluster !== true,
      "'authorizedIPRanges' can't be given of a private cluster",
    ),
    ...unless(
      !isGiven(subnetId) || isOn(enableVnetIntegration),
      "'apiServerAccessProfile.subnetId' needs 'enableVnetIntegration'",
    ),
  ];
}

function problemOfRange(text: string): readonly string[] {
  try {
    parseRange(text.includes("/") ? text : `${text}/32`);
    return [];
  } catch (error) {
    return [
      `InvalidParameter: 'authorizedIPRanges': ${error instanceof Error ? error.message : String(error)}`,
    ];
  }
}

/** https://learn.microsoft.com/azure/aks/manage-local-accounts-managed-azure-ad */
function problemsOfAccounts(inputs: Values): readonly string[] {
  const { managed, enableAzureRBAC } = valuesOf(inputs["aadProfile"]);
  return [
    ...unless(
      inputs["disableLocalAccounts"] !== true || isOn(managed),
      "'disableLocalAccounts' needs 'aadProfile.managed': nobody could sign in",
    ),
    ...unless(
      enableAzureRBAC !== true || (isOn(managed) && inputs["enableRBAC"] !== false),
      "'aadProfile.enableAzureRBAC' needs 'aadProfile.managed' and 'enableRBAC'",
    ),
  ];
}

function problemsOfSecurity(inputs: Values): readonly string[] {
  const { azureKeyVaultKms, workloadIdentity } = valuesOf(inputs["securityProfile"]);
  const kms = valuesOf(azureKeyVaultKms);
  return [
    ...unless(
      valuesOf(workloadIdentity)["enabled"] !== true ||
        isOn(valuesOf(inputs["oidcIssuerProfile"])["enabled"]),
      "'securityProfile.workloadIdentity' needs 'oidcIssuerProfile.enabled'",
    ),
    ...unless(
      kms["enabled"] !== true || isGiven(kms["keyId"]),
      "'securityProfile.azureKeyVaultKms' needs 'keyId'",
    ),
    ...unless(
      kms["enabled"] !== true || valuesOf(inputs["identity"])["type"] === "UserAssigned",
      "'securityProfile.azureKeyVaultKms' needs an identity that is allowed the key before the cluster is made: 'identity.type' UserAssigned",
    ),
  ];
}
