/**
 * What Helm keeps of a release in the cluster: a Secret for each revision, so that `helm list` and `helm history` show it.
 * https://github.com/helm/helm/blob/v3.19.0/pkg/storage/driver/secrets.go, util.go
 */
import { gunzipSync, gzipSync } from "node:zlib";
import type { Values } from "../../provider/value.ts";
import type { Client, Options } from "../api/client.ts";
import { isNotFound } from "../api/errors.ts";
import { type KubernetesObject, referenceTo } from "../api/object.ts";

/** One revision of a release, in Helm's own words. Times are RFC 3339. */
export interface Revision {
  readonly name: string;
  readonly namespace: string;
  /** Counted from 1. */
  readonly version: number;
  readonly info: {
    readonly first_deployed: string;
    readonly last_deployed: string;
    readonly deleted: "";
    readonly description: string;
    /** `deployed`, `superseded`, `failed`, `pending-install` and so on. */
    readonly status: string;
    readonly notes?: string;
  };
  readonly chart: {
    readonly metadata: {
      readonly name: string;
      readonly version: string;
      readonly appVersion?: string;
      readonly [other: string]: unknown;
    };
    readonly [other: string]: unknown;
  };
  /** The values that were given. */
  readonly config?: Values;
  /** The objects of the release as YAML. */
  readonly manifest?: string;
}

/** A revision, and the Secret that it was read from. */
export interface Stored {
  readonly revision: Revision;
  readonly secret: KubernetesObject;
}

const kind = { apiVersion: "v1", kind: "Secret" } as const;
const manager = { fieldManager: "helm" } as const;

/** All revisions of a release that are kept, the oldest first. */
export async function history(
  client: Client,
  { name, namespace }: { readonly name: string; readonly namespace: string },
  options: Options,
): Promise<readonly Stored[]> {
  const selection = { namespace, labelSelector: `owner=helm,name=${name}` };
  const { items } = await client.list(kind, selection, options);
  return items
    .map((secret) => ({ secret, revision: decoded(secret) }))
    .toSorted((one, other) => one.revision.version - other.revision.version);
}

/** Keeps a new revision. */
export async function remember(client: Client, revision: Revision, options: Options): Promise<void> {
  await client.create(secretOf(revision, { createdAt: now() }), { ...options, ...manager });
}

/** Changes what is kept of a revision. */
export async function amend(
  client: Client,
  { secret }: Stored,
  revision: Revision,
  options: Options,
): Promise<void> {
  const { metadata, ...changed } = secretOf(revision, { modifiedAt: now() });
  const body = { ...changed, metadata: { labels: metadata.labels ?? {} } };
  await client.patch(referenceTo(secret), { type: "merge", body }, { ...options, ...manager });
}

/** Forgets a revision; one that is gone already is no error. */
export async function forget(client: Client, { secret }: Stored, options: Options): Promise<void> {
  try {
    await client.delete(referenceTo(secret), "Background", options);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

function secretOf(revision: Revision, times: Readonly<Record<string, string>>): KubernetesObject {
  const { name, namespace, version, info } = revision;
  return {
    ...kind,
    metadata: {
      name: `sh.helm.release.v1.${name}.v${version}`,
      namespace,
      labels: { ...times, name, owner: "helm", status: info.status, version: `${version}` },
    },
    type: "helm.sh/release.v1",
    data: { release: encoded(revision) },
  };
}

/** JSON, packed, as base64; and that as base64 again, as all data of Secrets is. */
function encoded(revision: Revision): string {
  const packed = gzipSync(JSON.stringify(revision), { level: 9 }).toString("base64");
  return Buffer.from(packed).toString("base64");
}

function decoded({ metadata, data }: KubernetesObject): Revision {
  try {
    const { release } = data as { release: string };
    const packed = Buffer.from(Buffer.from(release, "base64").toString(), "base64");
    return JSON.parse(gunzipSync(packed).toString()) as Revision;
  } catch (error) {
    throw new Error(`the Secret "${metadata.namespace}/${metadata.name}" holds no release of Helm`, {
      cause: error,
    });
  }
}

/** Seconds since 1970, as Helm's labels have it. */
function now(): string {
  return `${Math.floor(Date.now() / 1000)}`;
}
