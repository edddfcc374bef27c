import * as pulumi from "@pulumi/pulumi";
import { images } from "../images.ts";
import { ref, Reference } from "../model/reference.ts";
import type { Target } from "../model/target.ts";
import { FILES, type Resources, type Site, type Workload } from "../model/workload.ts";
import { password } from "../secrets/password.ts";

/** Arguments of {@link Qdrant}. */
export interface QdrantArgs {
  readonly target: Target;
  /** @defaultValue the catalogue's */
  readonly image?: string;
  /** @defaultValue {@link QDRANT_RESOURCES} */
  readonly resources?: Resources;
  /**
   * Room of each copy for vectors, payloads and snapshots, in GiB; raised later at will, never lowered.
   *
   * @defaultValue 10
   */
  readonly storageGiB?: number;
  /**
   * Copies that form a cluster; a target that can't have more runs one. A new collection is kept by two of them, unless
   * its client asks for another number.
   *
   * @defaultValue 1
   */
  readonly copies?: number;
}

/** A Qdrant server, whoever runs it. */
export interface QdrantServer {
  /** Address of the REST API, without a trailing slash. */
  readonly url: Reference;
  readonly host: Reference;
  readonly port: Reference;
  /** What it knows its clients by; without one, it serves all that reach it. */
  readonly apiKey?: Reference;
}

/** Enough for some hundred thousand vectors of 768 numbers. */
export const QDRANT_RESOURCES: Resources = {
  cpuRequest: 0.25,
  cpuLimit: 1,
  memoryRequestMiB: 1024,
  memoryLimitMiB: 1024,
};

/** A Qdrant server that asks its clients for a key. */
export class Qdrant extends pulumi.ComponentResource implements QdrantServer {
  /** Address of the REST API, without a trailing slash. */
  readonly url: Reference;
  readonly host: Reference;
  readonly port: Reference;
  /** What it knows its clients by; it may read and write all. */
  readonly apiKey: Reference;

  constructor(name: string, args: QdrantArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:Qdrant", name, {}, opts);
    const { target, image = images.qdrant, resources = QDRANT_RESOURCES, storageGiB = 10, copies = 1 } = args;
    this.apiKey = password(`${name}-api-key`, this);
    const settings = { image, resources, storageGiB, apiKey: this.apiKey };
    const endpoint = target.run(name, (site) => qdrantRecipe(settings, site), { parent: this, copies });
    this.host = Reference.host(endpoint, "http");
    this.port = Reference.port(endpoint, "http");
    this.url = ref`http://${Reference.to(endpoint, "http")}`;
    this.registerOutputs({});
  }
}

type ServerSettings = Required<Pick<QdrantArgs, "image" | "resources" | "storageGiB">> & {
  readonly apiKey: Reference;
};

/** The server, told everything by a file; several copies of it find each other by the first. */
export function qdrantRecipe(
  { image, resources, storageGiB, apiKey }: ServerSettings,
  { peers, copies }: Pick<Site, "peers" | "copies">,
): Workload {
  const clustered = copies > 1;
  return {
    image,
    command: clustered ? ["sh", "-c", JOIN, "qdrant", ...peers] : START,
    // The mark that it has started; else it is written into the program's folder.
    env: { QDRANT_INIT_FILE_PATH: "/tmp/.qdrant-initialized" },
    files: { "qdrant.yaml": configuration(resources, apiKey, copies) },
    ports: {
      http: { number: 6333, protocol: "http" },
      // Told apart from the API, whose metrics ask for the key.
      metrics: { number: METRICS_PORT, protocol: "http" },
      // Whoever reaches it may write: opened to the other copies only, as no reference leads there.
      ...(clustered && { peers: { number: PEERS_PORT } }),
    },
    volumes: { storage: { path: "/qdrant/storage", sizeGiB: storageGiB } },
    scratch: ["/tmp"],
    probes: {
      readiness: { check: { kind: "http", port: "http", path: "/readyz" } },
      liveness: { check: { kind: "http", port: "http", path: "/livez" }, failures: 6 },
      // Collections are loaded first.
      startupSeconds: 300,
    },
    metrics: { port: "metrics" },
    resources,
    // The user that the official chart runs the unprivileged image with.
    user: { uid: 1000, gid: 2000 },
    // Requests have 30 s to end, and then segments are written out.
    stopSeconds: 60,
  };
}

const METRICS_PORT = 6336;
const PEERS_PORT = 6335;

/** The program itself, not the image's script: that one ends at the signal, before the program did. */
const START = ["./qdrant", "--config-path", `${FILES}/qdrant.yaml`];

/** Starts a copy under the name that the others know it by; all but the first join the first. */
const JOIN = `
for peer; do case $peer in "$HOSTNAME".*) own=$peer;; esac; done
[ "$own" = "$1" ] || bootstrap="--bootstrap http://$1:${PEERS_PORT}"
exec ${START.join(" ")} --uri "http://$own:${PEERS_PORT}" $bootstrap`;

/** Threads follow the limit, since the machine has more cores than the server may use. */
function configuration({ cpuLimit }: Resources, apiKey: Reference, copies: number): Reference {
  const threads = Math.max(1, Math.ceil(cpuLimit));
  return ref`telemetry_disabled: true
service:
  api_key: "${apiKey}"
  metrics_port: ${METRICS_PORT}
  max_workers: ${threads}
storage:
  storage_path: /qdrant/storage
  # On the same volume: a snapshot is made beside the data and then moved.
  snapshots_path: /qdrant/storage/snapshots
  performance:
    max_search_threads: ${threads}
    optimizer_cpu_budget: ${threads}
  collection:
    replication_factor: ${Math.min(2, copies)}
cluster:
  enabled: ${copies > 1}
  p2p:
    port: ${PEERS_PORT}
`;
}
