/**
 * What Azure Resource Manager refuses whatever the resource is: to make one in or on what does not exist or is locked, to refer to
 * what does not exist, to delete what is locked or in use. Sources of the words:
 * https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors
 * https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources
 */
import { resolve, type Missing, type Reference } from "../../cloud/references.ts";
import type { Stored, Use } from "../../cloud/store.ts";
import type { Azure } from "../azure.ts";
import { textOf } from "./given.ts";
import { idOf, storedAt } from "./identity.ts";
import { isWithin, nameOf, parentOf, typeOf } from "./path.ts";

const lockFolder = "Microsoft.Authorization.locks";

/** What the inputs refer to, and the refusals of what is not there. */
export function resolved(
  references: readonly Reference[],
  inputs: Stored["outputs"],
  azure: Azure,
): { readonly uses: readonly Use[]; readonly problems: readonly string[] } {
  const { uses, missing } = resolve(references, inputs, azure.store);
  return { uses, problems: missing.map(notFound) };
}

/** In the words of `InvalidResourceReference`, and what there is instead. */
export function notFound({ reference, value, present }: Missing): string {
  const found = present.length === 0 ? "there is none" : `there is ${present.map(idOf).join(", ")}`;
  return `InvalidResourceReference: resource ${value} referenced by '${reference.at}' was not found; make it first: ${found}`;
}

/** Why a resource can be neither made nor changed; nothing if it can. */
export function problemOfWriting(id: string, azure: Azure): string | undefined {
  return problemOfParent(id, azure) ?? problemOfLocks(id, "write", ["ReadOnly"], azure);
}

/**
 * Why a resource can't be deleted; nothing if it can. What is in or on it goes with it, unless something else uses that; but
 * nothing goes with what is a part of another resource.
 */
export function problemOfDeletion(id: string, azure: Azure, isPart: boolean): string | undefined {
  const use = isPart ? undefined : problemOfUse(id, azure);
  return problemOfLocks(id, "delete", ["CanNotDelete", "ReadOnly"], azure) ?? use;
}

/** Parts of other resources, which are there without anything being said of them. */
const parts: ReadonlySet<string> = new Set(["Microsoft.Storage/storageAccounts/blobServices"]);

function problemOfParent(id: string, azure: Azure): string | undefined {
  const above = parentOf(id);
  const parent = parts.has(typeOf(above)) ? parentOf(above) : above;
  const [, subscription] = /^\/subscriptions\/([^/]+)$/i.exec(parent) ?? [];
  if (subscription !== undefined)
    return subscription === azure.subscriptionId
      ? undefined
      : `SubscriptionNotFound: the subscription '${subscription}' could not be found; this account has '${azure.subscriptionId}'`;
  if (storedAt(parent, azure.store)) return undefined;
  return typeOf(parent) === "Microsoft.Resources/resourceGroups"
    ? `ResourceGroupNotFound: resource group '${nameOf(parent)}' could not be found`
    : `ParentResourceNotFound: can not perform requested operation on '${id}': the parent resource '${parent}' could not be found`;
}

/** A lock holds for what it is on and all that is in or on that; it can itself be deleted. */
function problemOfLocks(
  id: string,
  operation: "write" | "delete",
  levels: readonly string[],
  azure: Azure,
): string | undefined {
  if (typeOf(id) === "Microsoft.Authorization/locks") return undefined;
  const holding = azure.store
    .all(lockFolder)
    .filter(({ outputs }) => levels.includes(textOf(outputs["level"])));
  const scopes = holding.map((lock) => parentOf(idOf(lock)));
  const locked = scopes.filter(
    (scope) => isWithin(id, scope) || (operation === "delete" && isWithin(scope, id)),
  );
  if (locked.length === 0) return undefined;
  return `ScopeLocked: the scope '${id}' cannot perform ${operation} operation because following scope(s) are locked: '${locked.join("', '")}'; remove the lock and try again`;
}

function problemOfUse(id: string, azure: Azure): string | undefined {
  const users = within(id, azure)
    .flatMap((each) => azure.store.usersOf(each.type, each.id))
    .filter((user) => !isWithin(user.id, id));
  if (users.length === 0) return undefined;
  const names = [...new Set(users.map(idOf))].toSorted();
  return `InUseResourceCannotBeDeleted: ${typeOf(id)} ${nameOf(id)} is in use by ${names.join(", ")}; delete that first, or have it refer to something else`;
}

/** The resource with this id, and what is in or on it. */
export function within(id: string, azure: Azure): readonly Stored[] {
  return azure.store.everything().filter((each) => isWithin(each.id, id));
}
