import { globSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import type { V1Node } from "@kubernetes/client-node";
import { keelsonHome } from "../../embedded/parts/home.ts";
import { ClusterStack } from "./cluster-stack.ts";
import { projectFolder } from "./live-stack.ts";
import { stackFile } from "./stack-file.ts";

interface ScaledObject {
  readonly spec: { readonly scaleTargetRef: { readonly name: string }; readonly minReplicaCount: number };
}

/** A stack of this repository on an imagined cloud, whose clusters have this machine's control plane. */
export class CloudStack extends ClusterStack {
  override readonly verifyFlags = [];
  #cloud: { readonly key: string; readonly lasting: object; readonly passing: object } | undefined;

  /**
   * Prepares one of the repository's stacks under another name, and as one that may be taken down; after removing what an
   * earlier run of it may have left.
   */
  static async of(platform: string, cloud: string): Promise<CloudStack> {
    const name = `test-${platform}-${cloud}`;
    const { values } = stackFile(`${platform}-${cloud}`, { observed: true });
    const settings = Object.fromEntries(Object.entries(values).map(([key, text]) => [key, parsed(text)]));
    const key = `keelson:${cloud}`;
    const lasting = { ...(settings[key] as object), name, namespace: name };
    settings[key] = { ...lasting, deletionProtection: false, destroyData: true };
    // What stands for a secret in clear is given by who brings the stack up.
    if (platform === "orchestration") settings["keelson:orchestration"] = { size: "production" };
    const stack = new CloudStack(name, await projectFolder(name), settings, name);
    stack.#cloud = { key, lasting, passing: settings[key] as object };
    await stack.prepare();
    return stack;
  }

  /** Does something while the stack is one whose cluster and data are to last, as its file has it. */
  async asLasting<Result>(work: () => Promise<Result>): Promise<Result> {
    const { key, lasting, passing } = this.#cloud!;
    await this.set({ [key]: lasting });
    try {
      return await work();
    } finally {
      await this.set({ [key]: passing });
    }
  }

  /** Nodes of the stack's own cluster. */
  async nodes(): Promise<V1Node[]> {
    return (await this.core.listNode({ labelSelector: `keelson.cloud=${this.name}` })).items;
  }

  /** Fewest copies by service, of those that KEDA scales: nothing does it where its controller is missing. */
  async leastScaled(): Promise<Readonly<Record<string, number>>> {
    const { namespace } = this;
    const group = { group: "keda.sh", version: "v1alpha1", namespace, plural: "scaledobjects" };
    const { items } = (await this.custom.listNamespacedCustomObject(group)) as { items: ScaledObject[] };
    return Object.fromEntries(
      items.map(({ spec: { scaleTargetRef, minReplicaCount } }) => [scaleTargetRef.name, minReplicaCount]),
    );
  }

  /** Kinds of what the imagined cloud remembers of the stack. */
  remembered(): string[] {
    return this.#files().map((file) => path.basename(path.dirname(file)));
  }

  /** Where it remembers that. */
  #files(): string[] {
    const folder = path.join(keelsonHome(), "clouds");
    const files = globSync("**/*.json", { cwd: folder }).map((file) => path.join(folder, file));
    return files.filter((file) => readFileSync(file, "utf8").includes(`"urn:pulumi:${this.name}::`));
  }

  override async clear(): Promise<void> {
    await super.clear();
    for (const { metadata } of await this.nodes()) await this.core.deleteNode({ name: metadata!.name! });
    for (const file of this.#files()) rmSync(file);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
