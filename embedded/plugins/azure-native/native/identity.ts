/** How the store knows Azure's resources. */
import type { CloudStore, Stored } from "../../cloud/store.ts";
import { typeOf } from "./path.ts";

/** A type's folder: `Microsoft.Network/natGateways` is kept in `Microsoft.Network.natGateways`. */
export function folderOf(type: string): string {
  return type.replaceAll("/", ".");
}

/** Azure's ids do not depend on the case of their letters; those of the store do. */
export function keyOf(id: string): string {
  return id.toLowerCase();
}

/** The resource with this id, of whatever type; nothing if there is none. */
export function storedAt(id: string, store: CloudStore): Stored | undefined {
  return store.get(folderOf(typeOf(id)), keyOf(id));
}

/** The id as Azure writes it. */
export function idOf(stored: Stored): string {
  const { id } = stored.outputs;
  return typeof id === "string" ? id : stored.id;
}
