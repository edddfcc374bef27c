import type { V1SelfSubjectAccessReview } from "@kubernetes/client-node";
import type { Client } from "../../../../embedded/plugins/kubernetes/api/client.ts";
import { UnknownKindError } from "../../../../embedded/plugins/kubernetes/api/errors.ts";
import {
  groupOf,
  type Kind,
  type KubernetesObject,
} from "../../../../embedded/plugins/kubernetes/api/object.ts";
import type { OnCluster } from "../objects.ts";

/** What is done with each object: seen, made, changed, waited for and deleted. */
const VERBS = ["get", "list", "watch", "create", "patch", "delete"] as const;

/** What a stack needs of an API server. */
export interface Access {
  /** What the credentials don't allow, as `create ingresses.networking.k8s.io in acceleration`. */
  readonly denied: readonly string[];
  /** Kinds that the API server does not know, as `Middleware (traefik.io/v1alpha1)`. */
  readonly unknownKinds: readonly string[];
}

type Review = KubernetesObject & Omit<V1SelfSubjectAccessReview, "metadata">;

/** Asks the API server whether it knows all that a stack makes, and whether these credentials may. */
export async function accessFor(client: Client, { objects }: OnCluster): Promise<Access> {
  const wanted = new Map(
    objects.map(({ apiVersion, kind, namespace }) => [
      `${apiVersion}/${kind}/${namespace}`,
      { apiVersion, kind, namespace },
    ]),
  );
  const found = await Promise.all([...wanted.values()].map((each) => accessTo(client, each)));
  return {
    denied: found.flatMap(({ denied }) => denied),
    unknownKinds: [...new Set(found.flatMap(({ unknownKinds }) => unknownKinds))],
  };
}

async function accessTo(
  client: Client,
  { namespace, ...kind }: Kind & { readonly namespace: string | undefined },
): Promise<Access> {
  try {
    const { plural, namespaced } = await client.typeOf(kind);
    const group = groupOf(kind.apiVersion);
    const within = namespaced ? namespace : undefined;
    const allowed = await Promise.all(
      VERBS.map((verb) => may(client, { verb, group, resource: plural, namespace: within })),
    );
    const where = within === undefined ? "" : ` in ${within}`;
    const name = `${plural}${group && `.${group}`}${where}`;
    return {
      denied: VERBS.filter((_, index) => !allowed[index]).map((verb) => `${verb} ${name}`),
      unknownKinds: [],
    };
  } catch (error) {
    if (!(error instanceof UnknownKindError)) throw error;
    return { denied: [], unknownKinds: [`${kind.kind} (${kind.apiVersion})`] };
  }
}

/** What is asked for: an attribute that is absent means all. */
interface Attributes {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly namespace: string | undefined;
}

async function may(client: Client, { namespace, ...attributes }: Attributes): Promise<boolean> {
  const review = await client.create({
    apiVersion: "authorization.k8s.io/v1",
    kind: "SelfSubjectAccessReview",
    metadata: {},
    spec: { resourceAttributes: { ...attributes, ...(namespace !== undefined && { namespace }) } },
  });
  return (review as Review).status?.allowed ?? false;
}
