import * as pulumi from "@pulumi/pulumi";
import { catalogue, images } from "../images.ts";
import { ref, Reference } from "../model/reference.ts";
import type { Target } from "../model/target.ts";
import { FILES, type Resources, type Site, type Workload } from "../model/workload.ts";
import { password } from "../secrets/password.ts";
import {
  ADVERTISED_PORTS,
  clusterSettings,
  enterpriseSettings,
  METRICS_PORT,
  neo4jVariable,
  neo4jVariables,
  PEER_PORTS,
  serverSettings,
} from "./neo4j-settings.ts";

/** Arguments of {@link Neo4j}. */
export interface Neo4jArgs {
  readonly target: Target;
  /** @defaultValue the catalogue's, of the edition that `licence` says */
  readonly image?: string;
  /**
   * Which edition runs. "enterprise-accepted" runs the Enterprise Edition, and says to it that its licence agreement
   * (https://neo4j.com/terms/licensing/) is accepted by those who run the platform. Only that edition forms a cluster and
   * publishes metrics. Its image comes from a registry: nothing stands in for it.
   *
   * @defaultValue "community"
   */
  readonly licence?: Neo4jLicence;
  /** @defaultValue {@link NEO4J_RESOURCES} */
  readonly resources?: Resources;
  /**
   * Room of each copy for the graph, its transaction logs and its other logs, in GiB; raised later at will, never lowered.
   *
   * @defaultValue 20
   */
  readonly storageGiB?: number;
  /**
   * Copies that form a cluster, each with all of the graph; a target that can't have more runs one. Of three, one may be
   * lost; a fourth adds nothing to that, a fifth does.
   *
   * @defaultValue 1
   */
  readonly copies?: number;
}

/** Edition of Neo4j that may be run. */
export type Neo4jLicence = "community" | "enterprise-accepted";

/** A server of graphs that speaks Bolt, whoever runs it. */
export interface GraphServer {
  /** Its address as drivers take it, without user and password: `neo4j://host:port`. */
  readonly url: Reference;
  readonly host: Reference;
  /** Port of Bolt. */
  readonly port: Reference;
  readonly user: Reference;
  readonly password: Reference;
}

/** Enough for some million nodes and their relationships in memory. */
export const NEO4J_RESOURCES: Resources = {
  cpuRequest: 0.5,
  cpuLimit: 2,
  memoryRequestMiB: 2048,
  memoryLimitMiB: 2048,
};

/** The one user of a new server; no other name can be chosen for it. */
export const NEO4J_USER = "neo4j";

/** A Neo4j server that asks for a password, or a cluster of them. Its clients share one user, who may do everything. */
export class Neo4j extends pulumi.ComponentResource implements GraphServer {
  /** Its address as drivers take it: `neo4j://host:port`. */
  readonly url: Reference;
  readonly host: Reference;
  /** Port of Bolt. */
  readonly port: Reference;
  readonly user: Reference;
  readonly password: Reference;

  /** @throws ResourceError if several copies are asked for without the licence for a cluster */
  constructor(name: string, args: Neo4jArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:Neo4j", name, {}, opts);
    const { target, licence = "community", image = IMAGES[licence], copies = 1 } = args;
    const { resources = NEO4J_RESOURCES, storageGiB = 20 } = args;
    if (copies > 1 && licence === "community")
      throw new pulumi.ResourceError(unlicensed(name, copies), this, true);
    this.user = Reference.plain(NEO4J_USER);
    this.password = password(`${name}-password`, this);
    const settings = { image, licence, resources, storageGiB, password: this.password };
    const endpoint = target.run(name, (site) => neo4jRecipe(settings, site), { parent: this, copies });
    this.host = Reference.host(endpoint, "bolt");
    this.port = Reference.port(endpoint, "bolt");
    this.url = ref`neo4j://${Reference.to(endpoint, "bolt")}`;
    this.registerOutputs({});
  }
}

/** The image of each edition: what is embedded is the Community Edition, and is never taken for the other. */
const IMAGES: Readonly<Record<Neo4jLicence, string>> = {
  community: images.neo4j,
  "enterprise-accepted": catalogue.neo4j.replace("-community", "-enterprise"),
};

function unlicensed(name: string, copies: number): string {
  const reason = `"${name}" is to run in ${copies} copies, and only Neo4j's Enterprise Edition forms a cluster`;
  return `${reason}; set licence to "enterprise-accepted" if you have it and accept its agreement, or copies to 1`;
}

type ServerSettings = Required<Pick<Neo4jArgs, "image" | "licence" | "resources" | "storageGiB">> & {
  readonly password: Reference;
};

/** The server; several copies of it find each other by their names. */
export function neo4jRecipe(
  { image, licence, resources, storageGiB, password: secret }: ServerSettings,
  { peers, copies }: Pick<Site, "peers" | "copies">,
): Workload {
  const clustered = copies > 1;
  const enterprise = licence === "enterprise-accepted";
  return {
    image,
    command: clustered ? ["sh", "-c", JOIN, "neo4j", ...peers] : START,
    env: {
      ...neo4jVariables(serverSettings(resources)),
      ...(enterprise && { ...neo4jVariables(enterpriseSettings), NEO4J_ACCEPT_LICENSE_AGREEMENT: "yes" }),
      ...(clustered && neo4jVariables(clusterSettings(peers))),
      // All of its programs unpack a library here and load it, which a scratch folder of Docker does not allow.
      JAVA_TOOL_OPTIONS: `-Djna.tmpdir=${DATA}/native`,
      // What NEO4J_AUTH_FILE names would become a variable of the server's process; this is read and forgotten.
      NEO4J_AUTH_PATH: `${FILES}/auth`,
    },
    files: { auth: ref`${NEO4J_USER}/${secret}` },
    ports: {
      bolt: { number: 7687 },
      http: { number: 7474, protocol: "http" },
      ...(enterprise && { metrics: { number: METRICS_PORT, protocol: "http" } }),
      // Whoever reaches them is taken for a member: opened to the other copies only, as no reference leads there.
      ...(clustered && PEER_PORTS),
    },
    volumes: { data: { path: DATA, sizeGiB: storageGiB } },
    // The image's script writes the configuration, the server its number; /logs is a volume of the image, which stays empty.
    scratch: ["/tmp", `${HOME}/conf`, `${HOME}/run`, "/logs"],
    probes: {
      // Answers once databases are open; by HTTP, since Bolt knows no question without a password.
      readiness: { check: { kind: "http", port: "http", path: "/" } },
      // As patient as the official chart: a long pause of the garbage collector is no reason to start anew.
      liveness: { check: { kind: "tcp", port: "bolt" }, failures: 20 },
      // What was written since the last checkpoint, a quarter of an hour at most, is done again after a crash.
      startupSeconds: 600,
    },
    ...(enterprise && { metrics: { port: "metrics" } }),
    resources,
    // The official image's user `neo4j`.
    user: { uid: 7474, gid: 7474 },
    // What `neo4j stop` itself waits for: what is in the page cache is written out.
    stopSeconds: 120,
  };
}

const HOME = "/var/lib/neo4j";
const DATA = "/data";

/** The official image's script, which writes the configuration and becomes the server. */
const START = ["/startup/docker-entrypoint.sh", "neo4j"];

/** Starts a copy under the name that the others, and its clients, know it by. */
const JOIN = `
for peer; do case $peer in "$HOSTNAME".*) own=$peer;; esac; done
export ${neo4jVariable("server.default_advertised_address")}="$own"
${Object.entries(ADVERTISED_PORTS)
  .map(([setting, port]) => `export ${neo4jVariable(setting)}="$own:${port}"`)
  .join("\n")}
exec ${START.join(" ")}`;
