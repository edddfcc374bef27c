import * as pulumi from "@pulumi/pulumi";
import { images } from "../images.ts";
import { ref, Reference } from "../model/reference.ts";
import type { Target } from "../model/target.ts";
import type { Resources, Site, Workload } from "../model/workload.ts";
import { password } from "../secrets/password.ts";

/** Arguments of {@link Weaviate}. */
export interface WeaviateArgs {
  readonly target: Target;
  /** @defaultValue the catalogue's */
  readonly image?: string;
  /** @defaultValue {@link WEAVIATE_RESOURCES} */
  readonly resources?: Resources;
  /**
   * Room for objects, vectors and backups, in GiB; raised later at will, never lowered.
   *
   * @defaultValue 20
   */
  readonly storageGiB?: number;
}

/** A Weaviate server, whoever runs it. */
export interface WeaviateServer {
  /** Address of the HTTP API (REST and GraphQL), without a trailing slash. */
  readonly url: Reference;
  readonly host: Reference;
  readonly port: Reference;
  /** Port of the gRPC API, on the same host. */
  readonly grpcPort: Reference;
  /** What it knows its clients by; without one, it serves all that reach it. */
  readonly apiKey?: Reference;
}

/** Enough for some hundred thousand vectors of 768 numbers. */
export const WEAVIATE_RESOURCES: Resources = {
  cpuRequest: 0.25,
  cpuLimit: 1,
  memoryRequestMiB: 1024,
  memoryLimitMiB: 1024,
};

/** A Weaviate server in one copy. Vectors come from its clients: it calls no model. */
export class Weaviate extends pulumi.ComponentResource implements WeaviateServer {
  /** Address of the HTTP API (REST and GraphQL), without a trailing slash. */
  readonly url: Reference;
  readonly host: Reference;
  readonly port: Reference;
  /** Port of the gRPC API, on the same host. */
  readonly grpcPort: Reference;
  /** What it knows its clients by; it may read and write all. */
  readonly apiKey: Reference;

  constructor(name: string, args: WeaviateArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:Weaviate", name, {}, opts);
    const { target, image = images.weaviate, resources = WEAVIATE_RESOURCES, storageGiB = 20 } = args;
    this.apiKey = password(`${name}-api-key`, this);
    const settings = { image, resources, storageGiB, apiKey: this.apiKey };
    const endpoint = target.run(name, (site) => weaviateRecipe(settings, site), { parent: this });
    this.host = Reference.host(endpoint, "http");
    this.port = Reference.port(endpoint, "http");
    this.grpcPort = Reference.port(endpoint, "grpc");
    this.url = ref`http://${Reference.to(endpoint, "http")}`;
    this.registerOutputs({});
  }
}

type ServerSettings = Required<Omit<WeaviateArgs, "target">> & { readonly apiKey: Reference };

/** The server, a cluster of one that elects itself. */
export function weaviateRecipe(
  { image, resources, storageGiB, apiKey }: ServerSettings,
  { host }: Pick<Site, "host">,
): Workload {
  return {
    image,
    command: ["/bin/weaviate", "--host", "0.0.0.0", "--port", "8080", "--scheme", "http"],
    env: {
      ...limits(resources),
      PERSISTENCE_DATA_PATH: DATA,
      AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED: false,
      AUTHENTICATION_APIKEY_ENABLED: true,
      // The program reads its keys from variables only.
      AUTHENTICATION_APIKEY_ALLOWED_KEYS: apiKey,
      AUTHENTICATION_APIKEY_USERS: "keelson",
      // The name that its data belongs to; by default it would be that of the container.
      CLUSTER_HOSTNAME: host,
      RAFT_JOIN: host,
      RAFT_BOOTSTRAP_EXPECT: 1,
      DEFAULT_VECTORIZER_MODULE: "none",
      API_BASED_MODULES_DISABLED: true,
      ENABLE_MODULES: "backup-filesystem",
      BACKUP_FILESYSTEM_PATH: `${DATA}/backups`,
      PROMETHEUS_MONITORING_ENABLED: true,
      PROMETHEUS_MONITORING_PORT: METRICS_PORT,
      // Else anyone who reaches it may look into its memory, at port 6060.
      GO_PROFILING_DISABLE: true,
      DISABLE_TELEMETRY: true,
    },
    ports: {
      http: { number: 8080, protocol: "http" },
      grpc: { number: 50051, protocol: "grpc" },
      metrics: { number: METRICS_PORT, protocol: "http" },
    },
    volumes: { data: { path: DATA, sizeGiB: storageGiB } },
    scratch: ["/tmp"],
    probes: {
      readiness: { check: { kind: "http", port: "http", path: "/v1/.well-known/ready" } },
      liveness: { check: { kind: "http", port: "http", path: "/v1/.well-known/live" }, failures: 6 },
      // Vectors are read into memory first.
      startupSeconds: 300,
    },
    metrics: { port: "metrics" },
    resources,
    // The image names no user; the volume is given to this one.
    user: { uid: 1000, gid: 1000 },
    // The official chart's; what is in memory is written out.
    stopSeconds: 600,
  };
}

const DATA = "/var/lib/weaviate";
const METRICS_PORT = 2112;

/** What Go may use: of memory a part, since indexes are kept beside its heap, too. */
function limits({ cpuLimit, memoryLimitMiB }: Resources) {
  return {
    GOMAXPROCS: Math.max(1, Math.ceil(cpuLimit)),
    GOMEMLIMIT: `${Math.floor(memoryLimitMiB * 0.85)}MiB`,
  };
}
