import { PassThrough } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import {
  ApiException,
  AppsV1Api,
  BatchV1Api,
  CoreV1Api,
  CustomObjectsApi,
  Exec,
  KubeConfig,
  type V1ObjectMeta,
  type V1Pod,
} from "@kubernetes/client-node";
import { LiveStack, projectFolder } from "./live-stack.ts";
import { ENTRY_ADDRESS, kubeconfigPath } from "./cluster.ts";

/** A stack on this machine's cluster, in a namespace of its own. */
export class ClusterStack extends LiveStack {
  /** Path of the credentials for the cluster. */
  readonly kubeconfig = kubeconfigPath();
  readonly namespace: string;
  override readonly verifyFlags = ["--at", ENTRY_ADDRESS];
  readonly core: CoreV1Api;
  readonly apps: AppsV1Api;
  readonly batch: BatchV1Api;
  readonly custom: CustomObjectsApi;
  readonly #config = new KubeConfig();

  protected constructor(name: string, folder: string, settings: Record<string, unknown>, namespace: string) {
    super(name, folder, settings);
    this.namespace = namespace;
    this.#config.loadFromFile(this.kubeconfig);
    this.core = this.#config.makeApiClient(CoreV1Api);
    this.apps = this.#config.makeApiClient(AppsV1Api);
    this.batch = this.#config.makeApiClient(BatchV1Api);
    this.custom = this.#config.makeApiClient(CustomObjectsApi);
  }

  /** Prepares a stack, after removing what an earlier run of it may have left. */
  static async open(
    name: string,
    settings: Record<string, unknown>,
    cluster: Record<string, unknown>,
    namespace = name,
  ): Promise<ClusterStack> {
    const kubernetes = { name, namespace, kubeconfig: kubeconfigPath(), ...cluster };
    const given = { "keelson:target": "kubernetes", "keelson:kubernetes": kubernetes, ...settings };
    const stack = new ClusterStack(name, await projectFolder(name), given, namespace);
    await stack.prepare();
    return stack;
  }

  /** Pods that are not on their way out, by the name of their service. */
  async pods(): Promise<Record<string, V1Pod[]>> {
    const { items } = await this.core.listNamespacedPod({ namespace: this.namespace });
    const byService: Record<string, V1Pod[]> = {};
    for (const pod of items.filter(({ metadata }) => !metadata?.deletionTimestamp))
      (byService[serviceOf(pod)] ??= []).push(pod);
    return byService;
  }

  /** The running pods of a service. */
  async running(service: string): Promise<V1Pod[]> {
    const all = (await this.pods())[service] ?? [];
    return all.filter(({ status }) => status?.phase === "Running");
  }

  /** Runs a command in a pod of a service; gives what it printed. */
  async exec(service: string, command: readonly string[]): Promise<string> {
    const [pod] = await this.running(service);
    const printed = new PassThrough({ encoding: "utf8" });
    const ended = new Promise<void>((resolve) => printed.on("finish", resolve));
    const { name } = pod!.metadata!;
    await new Exec(this.#config).exec(
      this.namespace,
      name!,
      service,
      [...command],
      printed,
      printed,
      null,
      false,
      () => printed.end(),
    );
    await ended;
    return String(printed.read() ?? "");
  }

  /** Everything in the namespace that a request of this kind lists, with no `managedFields`. */
  async objects(): Promise<unknown[]> {
    const { namespace } = this;
    const lists = await Promise.all([
      this.core.listNamespacedPod({ namespace }),
      this.core.listNamespacedConfigMap({ namespace }),
      this.core.listNamespacedService({ namespace }),
      this.core.listNamespacedServiceAccount({ namespace }),
      this.core.listNamespacedPersistentVolumeClaim({ namespace }),
      this.core.listNamespacedEvent({ namespace }),
      this.apps.listNamespacedDeployment({ namespace }),
      this.apps.listNamespacedStatefulSet({ namespace }),
      this.apps.listNamespacedReplicaSet({ namespace }),
      this.batch.listNamespacedJob({ namespace }),
    ]);
    return lists.flatMap(({ items }) => items as { metadata?: V1ObjectMeta }[]);
  }

  async places(): Promise<Readonly<Record<string, string>>> {
    const { namespace } = this;
    const { items } = await this.core.listNamespacedPod({ namespace });
    // One that never started has no log.
    const started = items.filter(({ status }) => status?.phase !== "Pending");
    const logs = await Promise.all(
      started.map(({ metadata }) => this.core.readNamespacedPodLog({ name: metadata!.name!, namespace })),
    );
    return { objects: JSON.stringify(await this.objects()), logs: logs.join("") };
  }

  /** Waits until something holds. */
  async until(what: string, holds: () => Promise<boolean>, seconds = 60): Promise<void> {
    const end = Date.now() + seconds * 1000;
    while (!(await holds())) {
      if (Date.now() > end) throw new Error(`${what}: not so after ${seconds} s`);
      await wait(250);
    }
  }

  async clear(): Promise<void> {
    const { namespace } = this;
    await this.core.deleteNamespace({ name: namespace }).catch(ignoringMissing);
    await this.until(`namespace ${namespace} is gone`, async () => !(await this.exists()), 180);
  }

  /** Whether the stack's namespace is there. */
  async exists(): Promise<boolean> {
    const found = await this.core.readNamespace({ name: this.namespace }).catch(ignoringMissing);
    return found !== undefined;
  }
}

function serviceOf({ metadata }: V1Pod): string {
  return metadata?.labels?.["app.kubernetes.io/name"] ?? "";
}

function ignoringMissing(error: unknown): undefined {
  if (error instanceof ApiException && error.code === 404) return undefined;
  throw error;
}
