import { ref, type Reference } from "../model/reference.ts";
import { FILES, type Resources, type Site, type Workload } from "../model/workload.ts";
import { collectorOptions, heapOptions } from "./java.ts";

/** Who may do everything. */
export const KAFKA_ADMINISTRATOR = "keelson";

/** The official image's user `appuser`. */
export const KAFKA_USER = { uid: 1000, gid: 1000 };

/** Folder of the programs in the official image. */
export const KAFKA_PROGRAMS = "/opt/kafka/bin";

/** What an administrator proves itself by, in the syntax of JAAS. */
export function administratorLogin(secret: Reference): Reference {
  return ref`org.apache.kafka.common.security.plain.PlainLoginModule required username="${KAFKA_ADMINISTRATOR}" password="${secret}"`;
}

interface ServerSettings {
  readonly image: string;
  readonly resources: Resources;
  readonly storageGiB: number;
  readonly admin: Reference;
  /** 128 bits in base64, the same for all copies and for good. */
  readonly clusterId: Reference;
}

const CLIENTS_PORT = 9092;
const CONTROLLER_PORT = 9093;
const DATA = "/var/lib/kafka/data";

/** Below the volume: a file system's own `lost+found` at its top is no topic, which a broker refuses to start with. */
const LOGS = `${DATA}/log`;

/** Libraries of compression are unpacked here before they are used: scratch folders may hold no programs. */
const LIBRARIES = `${DATA}/libraries`;

/** A broker that is a member of the quorum as well, told everything by a file; several copies of it know each other. */
export function kafkaRecipe(
  { image, resources, storageGiB, admin, clusterId }: ServerSettings,
  { peers, copies }: Pick<Site, "peers" | "copies">,
): Workload {
  return {
    image,
    command: ["sh", "-c", START, "kafka", ...peers],
    env: {
      CLUSTER_ID: clusterId,
      KAFKA_HEAP_OPTS: heapOptions(resources, 0.5).join(" "),
      KAFKA_JVM_PERFORMANCE_OPTS: collectorOptions(resources).join(" "),
      KAFKA_OPTS: `-Djava.io.tmpdir=${LIBRARIES}`,
      // Its own settings would write to files, too, which nobody reads and nothing removes.
      KAFKA_LOG4J_OPTS: `-Dlog4j2.configurationFile=${FILES}/log4j2.properties`,
      EXTRA_ARGS: "-name kafkaServer",
      LOG_DIR: "/tmp",
    },
    files: {
      "server.properties": configuration(copies > 1 ? peers : ["localhost"], admin, resources),
      "log4j2.properties": LOGGING,
    },
    ports: {
      kafka: { number: CLIENTS_PORT },
      // Opened to the other copies only, as no reference leads there.
      ...(copies > 1 && { controller: { number: CONTROLLER_PORT } }),
    },
    volumes: { data: { path: DATA, sizeGiB: storageGiB } },
    // The second and third are volumes of the image, for settings that come here by the file.
    scratch: ["/tmp", "/etc/kafka/secrets", "/mnt/shared/config"],
    probes: {
      // A broker listens once the quorum lets it serve clients; to ask more takes a JVM each time.
      readiness: { check: { kind: "tcp", port: "kafka" } },
      liveness: { check: { kind: "tcp", port: "kafka" }, failures: 6 },
      // After a crash, the logs are read first.
      startupSeconds: 300,
    },
    resources,
    user: KAFKA_USER,
    // It hands over what it leads, and writes out the logs.
    stopSeconds: 120,
  };
}

/**
 * Finds out which copy this is, and formats its folder before the first start. Clients are told the full name where the
 * host has one, by which it is found from everywhere.
 */
const START = `set -eu
umask 077
id=0
while [ $# -gt 1 ] && [ "\${1%%.*}" != "$HOSTNAME" ]; do id=$((id + 1)); shift; done
name=$1
full=$(hostname -f || true)
case $full in "$name".*) name=$full;; esac
{
  cat ${FILES}/server.properties
  echo "node.id=$id"
  echo "advertised.listeners=CLIENTS://$name:${CLIENTS_PORT}"
} > /tmp/server.properties
rm -rf ${LIBRARIES} && mkdir ${LIBRARIES}
[ -e ${LOGS}/meta.properties ] || ${KAFKA_PROGRAMS}/kafka-storage.sh format --ignore-formatted \\
  --cluster-id="$CLUSTER_ID" --config /tmp/server.properties
exec ${KAFKA_PROGRAMS}/kafka-server-start.sh /tmp/server.properties`;

/**
 * What all copies have in common. Clients are known by SCRAM, whose users are in the quorum's own log; whoever has to be
 * known before there is a quorum, and makes those users, stands here (PLAIN).
 *
 * @param quorum - host names of its members, in the order of the copies
 */
function configuration(quorum: readonly string[], admin: Reference, resources: Resources): Reference {
  const { network, disks } = threads(resources);
  const copies = quorum.length;
  const acknowledging = Math.min(2, copies);
  const voters = quorum.map((host, id) => `${id}@${host}:${CONTROLLER_PORT}`).join(",");
  const login = ref`${administratorLogin(admin)} user_${KAFKA_ADMINISTRATOR}="${admin}";`;
  return ref`process.roles=broker,controller
log.dirs=${LOGS}
controller.quorum.voters=${voters}
controller.listener.names=CONTROLLER
listeners=CLIENTS://:${CLIENTS_PORT},CONTROLLER://${copies > 1 ? "" : "localhost"}:${CONTROLLER_PORT}
inter.broker.listener.name=CLIENTS
listener.security.protocol.map=CLIENTS:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT
listener.name.clients.sasl.enabled.mechanisms=SCRAM-SHA-512,PLAIN
listener.name.clients.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
listener.name.clients.plain.sasl.jaas.config=${login}
sasl.mechanism.inter.broker.protocol=PLAIN
listener.name.controller.sasl.enabled.mechanisms=PLAIN
listener.name.controller.plain.sasl.jaas.config=${login}
sasl.mechanism.controller.protocol=PLAIN
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:${KAFKA_ADMINISTRATOR}
auto.create.topics.enable=false
default.replication.factor=${copies}
min.insync.replicas=${acknowledging}
offsets.topic.replication.factor=${copies}
transaction.state.log.replication.factor=${copies}
transaction.state.log.min.isr=${acknowledging}
share.coordinator.state.topic.replication.factor=${copies}
share.coordinator.state.topic.min.isr=${acknowledging}
log.retention.hours=168
num.network.threads=${network}
num.io.threads=${disks}
socket.send.buffer.bytes=102400
socket.receive.buffer.bytes=102400
socket.request.max.bytes=104857600
`;
}

/** Threads for clients and for disks: Kafka's own numbers, which suit four cores, and more in proportion on more. */
function threads({ cpuLimit }: Resources): { readonly network: number; readonly disks: number } {
  const share = Math.max(1, cpuLimit / 4);
  return { network: Math.ceil(3 * share), disks: Math.ceil(8 * share) };
}

/** To the container's log, and nowhere else. */
const LOGGING = `rootLogger.level=INFO
rootLogger.appenderRef.console.ref=console
appender.console.type=Console
appender.console.name=console
appender.console.layout.type=PatternLayout
appender.console.layout.pattern=[%d] %p %m (%c)%n
`;
