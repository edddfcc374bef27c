import { setTimeout as wait } from "node:timers/promises";
import { KubeConfig } from "@kubernetes/client-node";
import { Client } from "../../embedded/plugins/kubernetes/api/client.ts";
import { isNotFound } from "../../embedded/plugins/kubernetes/api/errors.ts";
import type { KubernetesObject } from "../../embedded/plugins/kubernetes/api/object.ts";
import { Transport } from "../../embedded/plugins/kubernetes/api/transport.ts";
import { kubeconfigPath } from "./cluster.ts";
import { type Registration, SECRET } from "./engine.ts";

/** A client for this machine's cluster. */
export function clusterClient(): Client {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfigPath());
  return new Client(new Transport(config));
}

/**
 * The objects that registrations stand for, as they are sent to an API server. What the recording engine keeps to itself has
 * other content there.
 */
export function objectsOf(
  all: readonly Registration[],
  concealed: Readonly<Record<string, string>> = {},
): readonly KubernetesObject[] {
  return all
    .filter(({ type }) => type.startsWith("kubernetes:"))
    .map(({ inputs }) => {
      const sent = inputs["stringData"] === SECRET ? { ...inputs, stringData: concealed } : inputs;
      return sent as unknown as KubernetesObject;
    });
}

/** Deletes a namespace, if it is there, and waits until it is gone with all that is in it. */
export async function removeNamespace(client: Client, name: string): Promise<void> {
  const reference = { apiVersion: "v1", kind: "Namespace", name };
  const isThere = () => client.get(reference).then(() => true, isAbsent);
  if (!(await isThere())) return;
  await client.delete(reference, "Background");
  await until(`namespace ${name} is gone`, async () => !(await isThere()));
}

/** Waits until something holds. */
export async function until(what: string, holds: () => Promise<boolean>, seconds = 120): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not so after ${seconds} s: ${what}`);
    await wait(250);
  }
}

function isAbsent(error: unknown): false {
  if (isNotFound(error)) return false;
  throw error;
}
