import * as pulumi from "@pulumi/pulumi";
import { type Endpoint, ref, Reference, type Setting } from "../model/reference.ts";
import type { Target } from "../model/target.ts";
import { FILES, type JobWorkload } from "../model/workload.ts";
import { password } from "../secrets/password.ts";
import type { KafkaClient, KafkaClientArgs, KafkaTopic, KafkaTopicArgs } from "./kafka.ts";
import { administratorLogin, KAFKA_ADMINISTRATOR, KAFKA_PROGRAMS, KAFKA_USER } from "./kafka-recipe.ts";

/** How topics and users are made on a server: from where, and with which programs. */
export interface KafkaAdministration {
  readonly target: Target;
  /** Image that has Kafka's own programs. */
  readonly image: string;
  /** The server, with a port `kafka`. */
  readonly server: Endpoint;
  /** The administrator's; needs no quoting. */
  readonly password: Reference;
}

/** A full stop, which a client's own topics have, is in no other's name. */
const TOPIC = /^[a-z][a-z0-9_-]{0,99}$/;

/**
 * Makes a topic, by a job on the healthy server.
 *
 * @param server - name of the service, which begins the names of what is made
 * @throws ResourceError if the name or a number can't be one
 */
export function makeTopic(
  name: string,
  { partitions = 4, retentionDays = 7 }: KafkaTopicArgs,
  server: string,
  administration: KafkaAdministration,
  parent: pulumi.Resource,
): KafkaTopic {
  if (!TOPIC.test(name)) {
    const advice = "use small letters, digits, underscores and hyphens, starting with a letter, 100 at most";
    throw new pulumi.ResourceError(`"${name}" is no name of a topic; ${advice}`, parent, true);
  }
  if (!(Number.isInteger(partitions) && partitions > 0 && retentionDays > 0)) {
    const reason = `topic "${name}" can't have ${partitions} partitions for ${retentionDays} days`;
    throw new pulumi.ResourceError(`${reason}; state whole partitions and days, more than 0`, parent, true);
  }
  const job = administrate(administration, TOPIC_SCRIPT, {
    env: { TOPIC: name, PARTITIONS: partitions, RETENTION_MS: Math.round(retentionDays * 86_400_000) },
  });
  // Names of jobs are host names on some targets, which have no underscores.
  const jobName = `${server}-${name.replaceAll("_", "-")}-topic`;
  const { done } = administration.target.complete(jobName, job, { parent });
  return { name, bootstrap: Reference.to({ ...administration.server, ready: [done] }, "kafka") };
}

/**
 * Makes a user and says what it may, by a job on the healthy server.
 *
 * @param server - name of the service, which begins the names of what is made
 * @throws ResourceError if the name, or that of a consumer group, can't be one
 */
export function makeClient(
  name: string,
  { topics = [], groups = [name] }: KafkaClientArgs,
  server: string,
  administration: KafkaAdministration,
  parent: pulumi.Resource,
): KafkaClient {
  if (!/^[a-z][a-z0-9-]{0,62}$/.test(name) || name === KAFKA_ADMINISTRATOR) {
    const advice = `use small letters, digits and hyphens, starting with a letter, 63 at most, and not "${KAFKA_ADMINISTRATOR}"`;
    throw new pulumi.ResourceError(`"${name}" is no name of a client; ${advice}`, parent, true);
  }
  const unquotable = groups.find((group) => !/^[A-Za-z0-9._-]+$/.test(group));
  if (unquotable !== undefined) {
    const advice = "use letters, digits, full stops, underscores and hyphens";
    throw new pulumi.ResourceError(`"${unquotable}" is no name of a consumer group; ${advice}`, parent, true);
  }
  const secret = password(`${server}-${name}`, parent);
  const job = administrate(administration, CLIENT_SCRIPT, {
    env: {
      CLIENT: name,
      SHARED: [
        ...topics.map((topic) => `--topic ${topic.name}`),
        ...(topics.length > 0 ? groups.map((group) => `--group ${group}`) : []),
      ].join(" "),
    },
    files: { "user.properties": ref`SCRAM-SHA-512=password=${secret}\n` },
  });
  const { done } = administration.target.complete(`${server}-${name}-client`, job, { parent });
  const ready = topics.flatMap(({ bootstrap }) => bootstrap.grants.flatMap(({ endpoint }) => endpoint.ready));
  return {
    bootstrap: Reference.to({ ...administration.server, ready: [done, ...ready] }, "kafka"),
    user: Reference.plain(name),
    password: secret,
    mechanism: "SCRAM-SHA-512",
    protocol: "SASL_PLAINTEXT",
  };
}

interface Inputs {
  readonly env: Readonly<Record<string, Setting>>;
  readonly files?: Readonly<Record<string, Setting>>;
}

/** A job that runs Kafka's own programs as the administrator. */
function administrate(
  { image, server, password: admin }: KafkaAdministration,
  script: string,
  { env, files = {} }: Inputs,
): JobWorkload {
  return {
    image,
    command: ["bash", `${FILES}/administrate.sh`],
    env: {
      ...env,
      SERVER: Reference.to(server, "kafka"),
      // Programs of a few seconds: neither much memory nor the compiler's best are worth their while.
      KAFKA_HEAP_OPTS: "-Xmx128m",
      KAFKA_JVM_PERFORMANCE_OPTS: "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
      LOG_DIR: "/tmp",
    },
    files: {
      "administrate.sh": `${HEAD}${script}`,
      // In a file: a command line is seen by all.
      "administrator.properties": ref`security.protocol=SASL_PLAINTEXT
sasl.mechanism=PLAIN
sasl.jaas.config=${administratorLogin(admin)};
`,
      ...files,
    },
    scratch: ["/tmp"],
    resources: { cpuRequest: 0.05, cpuLimit: 1, memoryRequestMiB: 128, memoryLimitMiB: 384 },
    user: KAFKA_USER,
    deadlineSeconds: 180,
  };
}

const HEAD = `set -euo pipefail
ask() {
  program=$1; shift
  ${KAFKA_PROGRAMS}/"$program" --bootstrap-server "$SERVER" --command-config ${FILES}/administrator.properties "$@"
}
`;

/** Each message is kept as often as the brokers themselves say; safe to repeat. */
const TOPIC_SCRIPT = `has=$(ask kafka-topics.sh --describe --if-exists --topic "$TOPIC" | sed -n 's/.*PartitionCount: *\\([0-9]*\\).*/\\1/p')
if [ -z "$has" ]; then
  ask kafka-topics.sh --create --if-not-exists --topic "$TOPIC" --partitions "$PARTITIONS" --config retention.ms="$RETENTION_MS"
  exit
fi
if [ "$has" -gt "$PARTITIONS" ]; then
  echo "topic $TOPIC has $has partitions, which can't become $PARTITIONS; state $has or more" >&2
  exit 1
fi
[ "$has" = "$PARTITIONS" ] || ask kafka-topics.sh --alter --topic "$TOPIC" --partitions "$PARTITIONS"
ask kafka-configs.sh --alter --entity-type topics --entity-name "$TOPIC" --add-config retention.ms="$RETENTION_MS"
`;

/** Sets the password, and allows what is not allowed yet; safe to repeat. */
const CLIENT_SCRIPT = `ask kafka-configs.sh --alter --entity-type users --entity-name "$CLIENT" --add-config-file ${FILES}/user.properties
ask kafka-acls.sh --add --allow-principal "User:$CLIENT" --operation All --resource-pattern-type prefixed \\
  --topic "$CLIENT." --group "$CLIENT." --transactional-id "$CLIENT."
# In words of its own: each is an argument.
[ -z "$SHARED" ] || ask kafka-acls.sh --add --allow-principal "User:$CLIENT" --producer --consumer $SHARED
`;
