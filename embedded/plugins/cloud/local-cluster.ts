import { existsSync } from "node:fs";
import { paths } from "../../cluster/context.ts";
import { keelsonHome } from "../../parts/home.ts";
import { Client } from "../kubernetes/api/client.ts";
import { isNotFound, UnreachableError } from "../kubernetes/api/errors.ts";
import type { KubernetesObject } from "../kubernetes/api/object.ts";
import { Transport } from "../kubernetes/api/transport.ts";
import { loadKubeconfig } from "../kubernetes/config/kubeconfig.ts";
import { isSameNode, nodesOf, selectorOf, type ImaginedPool } from "./nodes.ts";

/** Where a cluster's API server is. */
export interface Connection {
  /** As in `https://10.90.0.1:6443`. */
  readonly endpoint: string;
  /** Its authority's certificate: PEM in base64, as kubeconfigs have it. */
  readonly certificateAuthority: string;
  /** The version of Kubernetes that it runs, whatever was asked of the cloud: `v1.36.3`. */
  readonly version: string;
}

/**
 * The control plane of this machine (`keelson cluster up`), which stands for that of every imagined cluster. What imagined pools need of it is
 * made there: nodes that kwok plays, and storage classes that a cloud's clusters are born with.
 */
export interface LocalCluster {
  /** @throws Error if it does not run: what to do */
  connection(): Promise<Connection>;
  /** Brings the nodes of a pool to what the pool says. @throws Error if the control plane does not run */
  setNodes(pool: ImaginedPool): Promise<void>;
  /** How many nodes of a pool there are. @throws Error if the control plane does not run */
  countNodes(cluster: string, pool: string): Promise<number>;
  /** Removes the nodes of a pool. Where the control plane does not run there are none. */
  removeNodes(cluster: string, pool: string): Promise<void>;
  /** Makes storage classes; those that are there already stay as they are. @throws Error if the control plane does not run */
  addStorageClasses(classes: readonly StorageClass[]): Promise<void>;
  removeStorageClasses(names: readonly string[]): Promise<void>;
}

/** A storage class, as far as clouds differ in theirs. */
export interface StorageClass {
  readonly name: string;
  readonly provisioner: string;
  /** Whether claims that name no class get it; at most one is. @defaultValue false */
  readonly isDefault?: boolean;
  readonly parameters?: Readonly<Record<string, string>>;
}

const nodeKind = { apiVersion: "v1", kind: "Node" } as const;
const storageClassKind = { apiVersion: "storage.k8s.io/v1", kind: "StorageClass" } as const;

/** The control plane that `keelson cluster up` starts. */
export class MachineCluster implements LocalCluster {
  readonly #kubeconfig: string;

  /** @param home keelson's own folder. @defaultValue `keelsonHome()` */
  constructor(home: string = keelsonHome()) {
    this.#kubeconfig = paths({ home }).kubeconfig;
  }

  async connection(): Promise<Connection> {
    const cluster = this.#config().getCurrentCluster();
    const { gitVersion } = await this.#asking((client) => client.version());
    return {
      endpoint: cluster?.server ?? "",
      certificateAuthority: cluster?.caData ?? "",
      version: typeof gitVersion === "string" ? gitVersion : "",
    };
  }

  async setNodes(pool: ImaginedPool): Promise<void> {
    await this.#asking(async (client) => {
      const wanted = new Map(nodesOf(pool).map((node) => [node.metadata.name, node]));
      const { items } = await client.list(nodeKind, { labelSelector: selectorOf(pool.cluster, pool.pool) });
      for (const found of items) {
        const node = wanted.get(found.metadata.name);
        if (node && isSameNode(found, node)) wanted.delete(found.metadata.name);
        else await remove(client, found);
      }
      // The size is part of the status, which is only taken from an object that is created.
      for (const node of wanted.values()) await client.create(node);
    });
  }

  async countNodes(cluster: string, pool: string): Promise<number> {
    const labelSelector = selectorOf(cluster, pool);
    return (await this.#asking((client) => client.list(nodeKind, { labelSelector }))).items.length;
  }

  async removeNodes(cluster: string, pool: string): Promise<void> {
    if (!(await this.#runs())) return;
    await this.#asking(async (client) => {
      const { items } = await client.list(nodeKind, { labelSelector: selectorOf(cluster, pool) });
      for (const node of items) await remove(client, node);
    });
  }

  async addStorageClasses(classes: readonly StorageClass[]): Promise<void> {
    await this.#asking(async (client) => {
      const { items } = await client.list(storageClassKind);
      const present = new Set(items.map(({ metadata }) => metadata.name));
      for (const each of classes) if (!present.has(each.name)) await client.create(storageClassObject(each));
    });
  }

  async removeStorageClasses(names: readonly string[]): Promise<void> {
    if (!(await this.#runs())) return;
    await this.#asking(async (client) => {
      for (const name of names) await remove(client, { ...storageClassKind, metadata: { name } });
    });
  }

  async #runs(): Promise<boolean> {
    if (!existsSync(this.#kubeconfig)) return false;
    try {
      await this.#client().version();
      return true;
    } catch (error) {
      if (error instanceof UnreachableError) return false;
      throw error;
    }
  }

  async #asking<Result>(ask: (client: Client) => Promise<Result>): Promise<Result> {
    try {
      return await ask(this.#client());
    } catch (error) {
      if (error instanceof UnreachableError) throw notRunning(error);
      throw error;
    }
  }

  #client(): Client {
    return new Client(new Transport(this.#config()));
  }

  #config() {
    if (!existsSync(this.#kubeconfig)) throw notRunning();
    return loadKubeconfig({ kubeconfig: this.#kubeconfig, context: undefined, cluster: undefined });
  }
}

async function remove(client: Client, { apiVersion, kind, metadata }: KubernetesObject): Promise<void> {
  try {
    await client.delete({ apiVersion, kind, name: metadata.name ?? "" }, "Background");
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

/** Nothing makes such volumes here but kwok, which plays them, on nodes that it plays. */
function storageClassObject({
  name,
  provisioner,
  isDefault = false,
  parameters,
}: StorageClass): KubernetesObject {
  return {
    ...storageClassKind,
    metadata: {
      name,
      ...(isDefault ? { annotations: { "storageclass.kubernetes.io/is-default-class": "true" } } : {}),
    },
    provisioner,
    reclaimPolicy: "Delete",
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion: true,
    ...(parameters ? { parameters } : {}),
  };
}

function notRunning(cause?: Error): Error {
  return new Error(
    "clusters of imagined clouds have this machine's control plane, which does not run: start it with: keelson cluster up",
    { cause },
  );
}
