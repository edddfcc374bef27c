import { setTimeout as delay } from "node:timers/promises";
import type { Client } from "../../../embedded/plugins/kubernetes/api/client.ts";
import { isNotFound } from "../../../embedded/plugins/kubernetes/api/errors.ts";
import type { Reference } from "../../../embedded/plugins/kubernetes/api/object.ts";
import { Mendable } from "../../mendable.ts";
import type { Data } from "../target.ts";
import { INSTANCE_LABEL, type OnCluster } from "./objects.ts";

const CLAIM = { apiVersion: "v1", kind: "PersistentVolumeClaim" };
const NAMESPACE = { apiVersion: "v1", kind: "Namespace" };

/** Time that a volume may take until it is gone. */
const DELETION_MILLISECONDS = 120_000;
const PAUSE_MILLISECONDS = 500;

/** The volumes of a stack, and the namespaces that it made for them; as `namespace/claim` and `namespace`. */
export function dataOn(client: Client, { objects, ownNamespaces, namespaces, instances }: OnCluster): Data {
  const claims = objects
    .filter(({ kind }) => kind === CLAIM.kind)
    .map(({ namespace = "", name }) => nameOf(namespace, name));
  return {
    expected: [...ownNamespaces, ...claims],
    async present() {
      const there = await Promise.all(ownNamespaces.map((name) => exists(client, { ...NAMESPACE, name })));
      const left = ownNamespaces.filter((_, index) => there[index]);
      return [...left, ...(await claimsOn(client, namespaces, instances))];
    },
    async remove(names) {
      // With a namespace goes all that is in it, operators' servers too, which would hold their volumes.
      const whole = names.filter((name) => ownNamespaces.includes(name));
      const claimsElsewhere = names.filter((name) => !ownNamespaces.includes(name.split("/")[0]!));
      const references = [
        ...whole.map((name) => ({ ...NAMESPACE, name })),
        ...claimsElsewhere.map(claimNamed),
      ];
      await Promise.all(references.map((reference) => remove(client, reference)));
    },
  };
}

/** Names of the claims of stacks by these instances, as `namespace/claim`. */
export async function claimsOn(
  client: Client,
  namespaces: readonly string[],
  instances: readonly string[],
): Promise<string[]> {
  if (instances.length === 0) return [];
  const labelSelector = `${INSTANCE_LABEL} in (${instances.join(",")})`;
  const lists = await Promise.all(
    namespaces.map((namespace) => client.list(CLAIM, { namespace, labelSelector })),
  );
  return lists
    .flatMap(({ items }) =>
      items.map(({ metadata }) => nameOf(metadata.namespace ?? "", metadata.name ?? "")),
    )
    .toSorted();
}

function nameOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

function claimNamed(name: string): Reference {
  const [namespace = "", claim = ""] = name.split("/");
  return { ...CLAIM, namespace, name: claim };
}

async function exists(client: Client, reference: Reference): Promise<boolean> {
  try {
    await client.get(reference);
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

/** Deletes an object, and waits until it is gone: a claim goes after the last pod that uses it. */
async function remove(client: Client, reference: Reference): Promise<void> {
  const { kind, namespace, name } = reference;
  const deadline = Date.now() + DELETION_MILLISECONDS;
  await client.delete(reference, "Background").catch(unlessGone);
  // One look after the other is the purpose.
  // oxlint-disable-next-line no-await-in-loop
  while (await exists(client, reference)) {
    if (Date.now() > deadline) {
      const where = namespace === undefined ? "" : ` --namespace ${namespace}`;
      throw new Mendable(
        `${kind} "${name}" is still there ${DELETION_MILLISECONDS / 1000} s after its deletion`,
        `see what holds it: kubectl describe${where} ${kind.toLowerCase()} ${name}`,
      );
    }
    // oxlint-disable-next-line no-await-in-loop
    await delay(PAUSE_MILLISECONDS);
  }
}

function unlessGone(error: unknown): void {
  if (!isNotFound(error)) throw error;
}
