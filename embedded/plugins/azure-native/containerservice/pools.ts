/** What AKS accepts of a pool of nodes, and what it makes of it. */
import { AKS_TYPES, aksAllocatable } from "../../../../components/clusters/node-types/index.ts";
import { hasUnknown, isUnknown, type Value, type Values } from "../../provider/value.ts";
import type { Taint } from "../../../cluster/control-plane/simulated-node.ts";
import type { ImaginedPool } from "../../cloud/nodes.ts";
import { isGiven, textOf, textsOf } from "../native/given.ts";
import { valuesOf } from "../../provider/bridge/types.ts";

/** What a pool has where nothing is said: https://learn.microsoft.com/azure/aks/quotas-skus-regions */
const defaultMaxPods = 250;
const defaultCount = 1;

/** What is wrong with a pool by itself; values may be unknown. */
export function problemsOfPool(name: string, pool: Values): readonly string[] {
  const { count, minCount, maxCount, mode, vmSize, enableAutoScaling } = pool;
  const bounds = [minCount, maxCount];
  const problems = [
    isGiven(vmSize) ? problemOfSize(vmSize) : "'vmSize' must be given",
    enableAutoScaling === true && !bounds.every(isGiven)
      ? "'minCount' and 'maxCount' must be given where the autoscaler is enabled"
      : undefined,
    enableAutoScaling !== true && bounds.some(isGiven)
      ? "'minCount' and 'maxCount' can be given only where 'enableAutoScaling' is true"
      : undefined,
    isAbove(minCount, maxCount) ? "'minCount' is greater than 'maxCount'" : undefined,
    isAbove(minCount, count) || isAbove(count, maxCount)
      ? "'count' must be from 'minCount' to 'maxCount'"
      : undefined,
    mode === "System" && (count === 0 || minCount === 0)
      ? "a pool of the mode System must have one node at least"
      : undefined,
    ...textsOf(pool["nodeTaints"]).map(problemOfTaint),
  ];
  return problems.flatMap((problem) =>
    problem === undefined ? [] : [`InvalidParameter: node pool '${name}': ${problem}`],
  );
}

function isAbove(one: Value | undefined, other: Value | undefined): boolean {
  return typeof one === "number" && typeof other === "number" && one > other;
}

function problemOfSize(size: Value): string | undefined {
  if (isUnknown(size) || Object.hasOwn(AKS_TYPES, textOf(size))) return undefined;
  return `the VM size ${textOf(size)} is not among those that keelson knows: ${Object.keys(AKS_TYPES).join(", ")}`;
}

const taintForm = /^(?<key>[^=:]+)(?:=(?<value>[^:]*))?:(?<effect>NoSchedule|PreferNoSchedule|NoExecute)$/;

function problemOfTaint(taint: string): string | undefined {
  return isUnknown(taint) || taintForm.test(taint)
    ? undefined
    : `the taint '${taint}' is not as KEY=VALUE:EFFECT with the effect NoSchedule, PreferNoSchedule or NoExecute`;
}

/**
 * What of a pool can't be changed once there are nodes. Source: what `azurerm_kubernetes_cluster_node_pool` has to rotate the
 * pool for, https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/kubernetes_cluster_node_pool
 */
const fixed = [
  "availabilityZones",
  "enableEncryptionAtHost",
  "enableFIPS",
  "enableNodePublicIP",
  "enableUltraSSD",
  "kubeletDiskType",
  "linuxOSConfig",
  "maxPods",
  "osDiskSizeGB",
  "osDiskType",
  "osType",
  "podSubnetID",
  "vnetSubnetID",
] as const;

/** Why a pool can't become what is wanted in place. */
export function problemOfChange(wanted: Values, before: Values | undefined): string | undefined {
  const changed = fixed.filter(
    (name) =>
      isGiven(before?.[name]) &&
      isGiven(wanted[name]) &&
      !hasUnknown(wanted[name]) &&
      JSON.stringify(before[name]) !== JSON.stringify(wanted[name]),
  );
  return changed.length === 0
    ? undefined
    : `PropertyChangeNotAllowed: changing property '${changed.join("', '")}' is not allowed: make a node pool with another name, and delete this one after`;
}

/** What AKS fills in of a pool. */
export function poolOutputs(pool: Values, version: string): Values {
  return {
    ...pool,
    count: pool["count"] ?? defaultCount,
    enableAutoScaling: pool["enableAutoScaling"] ?? false,
    maxPods: pool["maxPods"] ?? defaultMaxPods,
    mode: pool["mode"] ?? "User",
    osType: "Linux",
    osSKU: pool["osSKU"] ?? "Ubuntu",
    orchestratorVersion: pool["orchestratorVersion"] ?? version,
    currentOrchestratorVersion: pool["orchestratorVersion"] ?? version,
    powerState: pool["powerState"] ?? { code: "Running" },
    provisioningState: "Succeeded",
  };
}

/** The nodes that stand for a pool in the local cluster: as many as it may have at most, because nothing scales it. */
export function imaginedPool(cluster: string, region: string, name: string, pool: Values): ImaginedPool {
  const { maxCount, count, vmSize, maxPods, nodeLabels, nodeTaints, mode, availabilityZones } = pool;
  const machine = textOf(vmSize);
  return {
    cluster,
    pool: name,
    count: numberOf(maxCount) ?? numberOf(count) ?? defaultCount,
    machine,
    allocatable: aksAllocatable(machine, numberOf(maxPods) ?? defaultMaxPods),
    region,
    zones: textsOf(availabilityZones).map((zone) => `${region}-${zone}`),
    // https://learn.microsoft.com/azure/aks/use-labels#reserved-system-labels
    labels: {
      "kubernetes.azure.com/cluster": cluster,
      "kubernetes.azure.com/agentpool": name,
      "kubernetes.azure.com/mode": textOf(mode).toLowerCase(),
      ...Object.fromEntries(
        Object.entries(valuesOf(nodeLabels)).map(([label, value]) => [label, textOf(value)]),
      ),
    },
    taints: textsOf(nodeTaints).flatMap(taintOf),
  };
}

function taintOf(text: string): readonly Taint[] {
  const { key = "", value = "", effect } = taintForm.exec(text)?.groups ?? {};
  return effect === undefined ? [] : [{ key, value, effect: effect as Taint["effect"] }];
}

function numberOf(value: Value | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}
