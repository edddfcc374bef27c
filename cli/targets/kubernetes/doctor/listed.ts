import type { Client } from "../../../../embedded/plugins/kubernetes/api/client.ts";
import { hasReason, isNotFound } from "../../../../embedded/plugins/kubernetes/api/errors.ts";
import type { Kind, KubernetesObject } from "../../../../embedded/plugins/kubernetes/api/object.ts";

/** All objects of a kind; nothing where these credentials may not see them. A kind that isn't known has none. */
export async function listed<Type extends KubernetesObject>(
  client: Client,
  kind: Kind,
): Promise<readonly Type[] | undefined> {
  try {
    return (await client.list<Type>(kind)).items;
  } catch (error) {
    if (isNotFound(error)) return [];
    if (hasReason(error, "Forbidden")) return undefined;
    throw error;
  }
}
