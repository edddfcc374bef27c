/** The resource group that AKS makes for a cluster's nodes, disks and load balancers: https://learn.microsoft.com/azure/aks/faq */
import type { Values } from "../../provider/value.ts";
import { textOf } from "../native/given.ts";
import { keyOf, storedAt } from "../native/identity.ts";
import type { Known } from "../native/description.ts";
import { nameOf, parentOf } from "../native/path.ts";

const folder = "Microsoft.Resources.resourceGroups";

/** Its name; the cluster's, its group's and its location together where none is given. */
export function nodeGroupOf(
  { nodeResourceGroup, resourceGroupName, location }: Values,
  cluster: string,
): string {
  return textOf(nodeResourceGroup) || `MC_${textOf(resourceGroupName)}_${cluster}_${textOf(location)}`;
}

/** AKS takes no group that is there already. */
export function problemOfNodeGroup(inputs: Values, known: Known): string | undefined {
  const id = idOfGroup(nodeGroupOf(inputs, known.name), known);
  const isAnothers = known.outputs === undefined && storedAt(id, known.azure.store);
  return isAnothers
    ? `InvalidParameter: the node resource group '${nameOf(id)}' exists already: give 'nodeResourceGroup' another name`
    : undefined;
}

export function keepNodeGroup(outputs: Values, known: Known): void {
  const { nodeResourceGroup, location } = outputs;
  const id = idOfGroup(textOf(nodeResourceGroup), known);
  const group = {
    id,
    name: nameOf(id),
    type: "Microsoft.Resources/resourceGroups",
    location: location ?? null,
    managedBy: known.id,
    properties: { provisioningState: "Succeeded" },
  };
  known.azure.store.put({ type: folder, id: keyOf(id), urn: "", outputs: group, uses: [] });
}

export function removeNodeGroup({ nodeResourceGroup }: Values, known: Known): void {
  known.azure.store.remove(folder, keyOf(idOfGroup(textOf(nodeResourceGroup), known)));
}

/** In the cluster's own subscription. */
function idOfGroup(name: string, { id }: Known): string {
  return `${parentOf(parentOf(id))}/resourceGroups/${name}`;
}
