import { named } from "../../cloud/names.ts";
import { listOf, valuesOf } from "../../provider/bridge/types.ts";
import type { Values } from "../../provider/value.ts";
import { textOf } from "../native/given.ts";
import { storedAt } from "../native/identity.ts";
import type { Known } from "../native/description.ts";
import { native } from "../native/native.ts";
import { nameOf, parentOf } from "../native/path.ts";
import { choice, refersTo } from "../native/properties.ts";
import { poolName, poolProperties } from "./pool-properties.ts";
import { imaginedPool, poolOutputs, problemOfChange, problemsOfPool } from "./pools.ts";

/** A pool of nodes beside those that the cluster was made with: https://learn.microsoft.com/azure/aks/create-node-pools */
export const agentPool = native({
  path: "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.ContainerService/managedClusters/{resourceName}/agentPools/{agentPoolName}",
  apiVersion: "2025-09-01",
  properties: { ...poolProperties, type: choice("VirtualMachineScaleSets", "AvailabilitySet") },
  validateName: named(poolName),
  references: [
    refersTo("vnetSubnetID", "Microsoft.Network/virtualNetworks/subnets"),
    refersTo("podSubnetID", "Microsoft.Network/virtualNetworks/subnets"),
  ],
  validate: (inputs) => problemsOfPool(textOf(inputs["agentPoolName"]), inputs),
  judge: (inputs, known) => problemOfTwin(known) ?? problemOfChange(inputs, known.outputs),
  outputsOf: (inputs, known) =>
    poolOutputs(poolOf(inputs), textOf(clusterOf(known)["currentKubernetesVersion"])),
  async made(outputs, known) {
    const region = textOf(clusterOf(known)["location"]);
    const pool = imaginedPool(nameOf(parentOf(known.id)), region, known.name, outputs);
    await known.azure.localCluster.setNodes(pool);
  },
  async observe(outputs, { id, name, azure }) {
    const count = await azure.localCluster.countNodes(nameOf(parentOf(id)), name);
    return count > 0 || outputs["maxCount"] === 0 || outputs["count"] === 0 ? outputs : undefined;
  },
  async removed(_, { id, name, azure }) {
    await azure.localCluster.removeNodes(nameOf(parentOf(id)), name);
  },
});

/** What is of the pool and not of its path. */
function poolOf(inputs: Values): Values {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => name in poolProperties));
}

function clusterOf({ id, azure }: Known): Values {
  return storedAt(parentOf(id), azure.store)?.outputs ?? {};
}

/** Pools that a cluster was made with are its own. */
function problemOfTwin(known: Known): string | undefined {
  const pools = listOf(clusterOf(known)["agentPoolProfiles"]).map((pool) => textOf(valuesOf(pool)["name"]));
  return pools.includes(known.name)
    ? `cannot create already existing resource '${known.id}': the cluster was made with this pool: give another name`
    : undefined;
}
