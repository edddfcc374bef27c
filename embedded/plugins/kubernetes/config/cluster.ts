import { Client } from "../api/client.ts";
import { Transport } from "../api/transport.ts";
import { loadKubeconfig } from "./kubeconfig.ts";
import type { Settings } from "./settings.ts";

/** How long the API server may take for its first answer. */
const firstAnswerMilliseconds = 15_000;

/** A cluster as the provider's settings name it. It may be out of reach: previews go on without it, and everything else is refused. */
export class Cluster {
  readonly settings: Settings;
  /** Of objects that name none. */
  readonly defaultNamespace: string;
  readonly #client: Client | undefined;
  /** Why it cannot be reached, if so. */
  readonly unreachable: string | undefined;
  /** Whether kinds that the program defines itself are namespaced, by `group/kind`: the API server may not have them yet. */
  readonly definitions = new Map<string, boolean>();

  /** @param reached the client, or why there is none */
  constructor(settings: Settings, defaultNamespace: string, reached: Client | string) {
    this.settings = settings;
    this.defaultNamespace = defaultNamespace;
    this.#client = typeof reached === "string" ? undefined : reached;
    this.unreachable = typeof reached === "string" ? reached : undefined;
  }

  /** Loads the kubeconfig and asks the API server whether it is there. */
  static async connect(settings: Settings): Promise<Cluster> {
    let namespace = settings.namespace ?? "default";
    try {
      const config = loadKubeconfig(settings);
      namespace =
        settings.namespace ?? config.getContextObject(config.getCurrentContext())?.namespace ?? "default";
      const client = new Client(new Transport(config));
      if (settings.renderYamlToDirectory === undefined)
        await client.version({ signal: AbortSignal.timeout(firstAnswerMilliseconds) });
      return new Cluster(settings, namespace, client);
    } catch (error) {
      return new Cluster(settings, namespace, reason(error));
    }
  }

  /** @throws Error when the cluster cannot be reached */
  get client(): Client {
    if (this.#client) return this.#client;
    throw new Error(`configured Kubernetes cluster is unreachable: ${this.unreachable}`);
  }
}

function reason(error: unknown): string {
  if (error instanceof Error && error.name === "AbortError")
    return `the API server did not answer within ${firstAnswerMilliseconds / 1000} seconds`;
  return error instanceof Error ? error.message : String(error);
}
