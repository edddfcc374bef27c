import type { Client } from "../../../../embedded/plugins/kubernetes/api/client.ts";
import { ApiError } from "../../../../embedded/plugins/kubernetes/api/errors.ts";
import type {
  Kind,
  KubernetesObject,
  Reference,
} from "../../../../embedded/plugins/kubernetes/api/object.ts";

/** What a cluster has, and what it was asked for. */
export interface FakeCluster {
  readonly client: Client;
  /** `Kind namespace/name` of each object that was deleted. */
  readonly deleted: string[];
  /** The queries for logs. */
  readonly logs: object[];
}

/** A cluster of these objects, to list, to read and to delete. */
export function fakeCluster(objects: readonly object[], log = ""): FakeCluster {
  let left = objects as readonly KubernetesObject[];
  const deleted: string[] = [];
  const logs: object[] = [];
  const is = (object: KubernetesObject, { kind, namespace, name }: Partial<Reference>) =>
    object.kind === kind &&
    (namespace === undefined || object.metadata.namespace === namespace) &&
    (name === undefined || object.metadata.name === name);
  const matches = ({ metadata: { labels = {} } }: KubernetesObject, selector?: string) => {
    const [, label = "", values = ""] = /^(\S+) in \((.*)\)$/.exec(selector ?? "") ?? [];
    return selector === undefined || values.split(",").includes(labels[label] ?? "");
  };
  const client = {
    list: async (
      kind: Kind,
      { namespace, labelSelector }: { namespace?: string; labelSelector?: string } = {},
    ) => ({
      items: left.filter(
        (object) =>
          is(object, { ...kind, ...(namespace && { namespace }) }) && matches(object, labelSelector),
      ),
    }),
    get: async (reference: Reference) => {
      const found = left.find((object) => is(object, reference));
      if (found) return found;
      throw new ApiError({ code: 404, reason: "NotFound", message: `${reference.name} is not there` });
    },
    delete: async (reference: Reference) => {
      deleted.push(`${reference.kind} ${reference.namespace ?? ""}/${reference.name}`);
      left = left.filter(
        (object) =>
          !is(object, reference) &&
          !(reference.kind === "Namespace" && object.metadata.namespace === reference.name),
      );
    },
    logs: async (pod: object, query: object) => {
      logs.push({ ...pod, ...query });
      return log;
    },
  };
  return { client: client as unknown as Client, deleted, logs };
}
