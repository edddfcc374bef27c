import { expect } from "vitest";
import { embeddedReference } from "../../embedded/images/recipes.ts";
import { isNotFound } from "../../embedded/plugins/kubernetes/api/errors.ts";
import {
  referenceTo,
  type KubernetesObject,
  type Reference,
} from "../../embedded/plugins/kubernetes/api/object.ts";
import { awaitDeleted, awaitReady } from "../../embedded/plugins/kubernetes/await/index.ts";
import { NotReadyError, type AwaitContext } from "../../embedded/plugins/kubernetes/readiness.ts";
import { loadImages } from "../support/cluster.ts";
import { clusterClient, removeNamespace } from "../support/kubernetes-objects.ts";

export type Part = Readonly<Record<string, unknown>>;

export const client = clusterClient();
const image = embeddedReference("busybox");

/** A program that serves for ever, and stops when it is told to. */
export const lasting = "trap 'exit 0' TERM; while :; do sleep 0.1; done";

/** A container with a shell's script as its program. */
export function container(script: string, more: Part = {}): Part {
  return { name: "main", image, imagePullPolicy: "Never", command: ["sh", "-c", script], ...more };
}

/** What the plugin hands over when it waits for an object. */
export function awaiting(live: KubernetesObject, timeoutSeconds: number, lines: string[] = []): AwaitContext {
  const signal = new AbortController().signal;
  const status = (line: string): unknown => lines.push(line);
  return { client, live, inputs: live, timeoutSeconds, signal, status, log: () => {} };
}

/** The error of an object that does not become ready. */
export async function refusalOf(live: KubernetesObject, timeoutSeconds: number): Promise<NotReadyError> {
  const error: unknown = await awaitReady(awaiting(live, timeoutSeconds)).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(NotReadyError);
  return error as NotReadyError;
}

/** Removes an object as the plugin does, and waits until it is gone. */
export async function remove(live: KubernetesObject, timeoutSeconds = 60): Promise<void> {
  const reference = referenceTo(live);
  await client.delete(reference, "Foreground");
  await awaitDeleted({ ...awaiting(live, timeoutSeconds), reference });
}

/** Takes the finalizers from an object, if it is there. */
export async function release(reference: Reference): Promise<void> {
  const body = { metadata: { finalizers: null } };
  await client.patch(reference, { type: "merge", body }).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
  });
}

/** A workload's fields around its containers. */
export function workload(name: string, containers: readonly Part[], { spec = {}, pod = {} } = {}): Part {
  const labels = { app: name };
  return {
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { terminationGracePeriodSeconds: 1, containers, ...pod } },
      ...spec,
    },
  };
}

/** A namespace of a test's own on the real cluster, in which it makes objects. */
export class Place {
  readonly namespace: string;

  constructor(namespace: string) {
    this.namespace = namespace;
  }

  /** Begins empty, whatever an interrupted run left. */
  async open(): Promise<void> {
    await loadImages([image]);
    await this.close();
    await client.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: this.namespace } });
  }

  async close(): Promise<void> {
    await release({ apiVersion: "v1", kind: "ConfigMap", name: "kept", namespace: this.namespace });
    await removeNamespace(client, this.namespace);
  }

  make(apiVersion: string, kind: string, name: string, rest: Part): Promise<KubernetesObject> {
    const { metadata = {}, ...fields } = rest as { readonly metadata?: Part };
    return client.create({
      apiVersion,
      kind,
      metadata: { name, namespace: this.namespace, ...metadata },
      ...fields,
    });
  }

  deployment(
    name: string,
    containers: readonly Part[],
    more?: Parameters<typeof workload>[2],
  ): Promise<KubernetesObject> {
    return this.make("apps/v1", "Deployment", name, workload(name, containers, more));
  }

  job(name: string, script: string, spec: Part = {}): Promise<KubernetesObject> {
    const template = { spec: { restartPolicy: "Never", containers: [container(script)] } };
    return this.make("batch/v1", "Job", name, { spec: { backoffLimit: 0, template, ...spec } });
  }
}
