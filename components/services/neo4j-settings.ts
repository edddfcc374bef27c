import type { Port } from "../model/reference.ts";
import type { Resources } from "../model/workload.ts";
import { collectorOptions } from "./java.ts";

/** Settings of Neo4j by their names in `neo4j.conf`: https://neo4j.com/docs/operations-manual/5/configuration/configuration-settings/ */
type Settings = Readonly<Record<string, string | number | boolean>>;

/** Port of the Prometheus metrics, which the Enterprise Edition has. */
export const METRICS_PORT = 2004;

/** Ports by which members of a cluster talk to each other, https://neo4j.com/docs/operations-manual/5/configuration/ports/ */
export const PEER_PORTS = {
  cluster: { number: 6000 },
  raft: { number: 7000 },
  routing: { number: 7688 },
} as const satisfies Readonly<Record<string, Port>>;

/** Settings that tell the others of a cluster where a member is reached, each with its port. */
export const ADVERTISED_PORTS: Readonly<Record<string, number>> = {
  "server.cluster.advertised_address": PEER_PORTS.cluster.number,
  "server.cluster.raft.advertised_address": PEER_PORTS.raft.number,
  "server.routing.advertised_address": PEER_PORTS.routing.number,
};

/** The variable by which the official image is told a setting. */
export function neo4jVariable(setting: string): string {
  return `NEO4J_${setting.replaceAll("_", "__").replaceAll(".", "_")}`;
}

/** Settings as variables of the official image. */
export function neo4jVariables(settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [neo4jVariable(name), value]));
}

/** Settings of every server. Memory follows the limit: by themselves, heap and page cache would be as large as the machine allows. */
export function serverSettings(resources: Resources): Settings {
  const { memoryLimitMiB } = resources;
  const heapMiB = Math.floor(memoryLimitMiB * 0.35);
  return {
    "server.memory.heap.initial_size": `${heapMiB}m`,
    "server.memory.heap.max_size": `${heapMiB}m`,
    "server.memory.pagecache.size": `${Math.floor(memoryLimitMiB * 0.35)}m`,
    // Refuses what is too large, where the heap would run out.
    "dbms.memory.transaction.total.max": `${Math.floor(heapMiB * 0.7)}m`,
    "db.tx_state.memory_allocation": "ON_HEAP",
    "server.jvm.additional": [...collectorOptions(resources), ...JAVA_OPTIONS].join(" "),
    // Beside the data: a folder in memory would grow with them.
    "server.directories.logs": "/data/logs",
    // Queries have no files to read; those of the container are none of theirs.
    "dbms.security.allow_csv_import_from_file_urls": false,
    "dbms.usage_report.enabled": false,
    "client.allow_telemetry": false,
  };
}

/** Settings that only the Enterprise Edition knows, for one server and for several. */
export const enterpriseSettings: Settings = {
  "server.metrics.prometheus.enabled": true,
  "server.metrics.prometheus.endpoint": `0.0.0.0:${METRICS_PORT}`,
  // Else the same are written to files, too.
  "server.metrics.csv.enabled": false,
};

/** Settings of a member of a cluster, the same for all: https://neo4j.com/docs/operations-manual/5/clustering/setup/discovery/ */
export function clusterSettings(peers: readonly string[]): Settings {
  return {
    "dbms.cluster.discovery.version": "V2_ONLY",
    "dbms.cluster.discovery.v2.endpoints": peers
      .map((peer) => `${peer}:${PEER_PORTS.cluster.number}`)
      .join(","),
    "dbms.cluster.minimum_initial_system_primaries_count": peers.length,
    "initial.server.mode_constraint": "PRIMARY",
    "initial.dbms.default_primaries_count": peers.length,
    "initial.dbms.automatically_enable_free_servers": true,
  };
}

/** Options of the JVM that stand in the `neo4j.conf` of the image, in whose place this configuration comes. */
const JAVA_OPTIONS = [
  "-XX:-OmitStackTraceInFastThrow",
  "-XX:+UnlockExperimentalVMOptions",
  "-XX:+TrustFinalNonStaticFields",
  "-XX:+DisableExplicitGC",
  "-Djdk.nio.maxCachedBufferSize=1024",
  "-Dio.netty.tryReflectionSetAccessible=true",
  "-Djdk.tls.ephemeralDHKeySize=2048",
  "-Djdk.tls.rejectClientInitiatedRenegotiation=true",
  "-Dlog4j2.disable.jmx=true",
  "--add-opens=java.base/java.nio=ALL-UNNAMED",
  "--add-opens=java.base/java.io=ALL-UNNAMED",
  "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
  "--enable-native-access=ALL-UNNAMED",
];
