import { randomUUID } from "node:crypto";
import type { BaseOptions, Consumer, SASLMechanismValue } from "@platformatic/kafka";
import { codeOf } from "../errors.ts";
import { credentialsOf, type Proof, type Protocol } from "./protocol.ts";

/** How long a proof is kept, in milliseconds. */
const RETENTION = 3_600_000;

/** Far more than a proof takes, in bytes. */
const LARGEST = 65_536;

/** A message in a topic of its own, written and read back where it was written. */
export const kafka: Protocol = {
  title: "Kafka",
  sign: {
    // Servers stand there without a scheme.
    schemes: {},
    parts: {
      scheme: "kafka",
      host: "KAFKA_BOOTSTRAP_SERVERS",
      defaultPort: 9092,
      user: "KAFKA_SASL_USERNAME",
      password: "KAFKA_SASL_PASSWORD",
    },
  },
  async prove({ url, service, variables, signal }) {
    const kafkaClient = await import("@platformatic/kafka");
    const options = connection({ url, service, variables });
    // Names that begin with a user's and a full stop are its own.
    const topic = `${credentialsOf(url).user || "reference"}.reference-proof`;
    const producer = new kafkaClient.Producer({ ...options, serializers: kafkaClient.stringSerializers });
    const consumer = new kafkaClient.Consumer({ ...options, groupId: topic });
    const close = () => Promise.allSettled([producer.close(), consumer.close(true)]);
    const abandon = () => void close();
    signal.addEventListener("abort", abandon, { once: true });
    try {
      await ensureTopic(topic, options, consumer);
      const written = randomUUID();
      const messages = [{ topic, partition: 0, key: service, value: written }];
      const { offsets } = await producer.send({ messages, acks: kafkaClient.ProduceAcks.ALL });
      const offset = offsets?.[0]?.offset ?? -1n;
      if ((await messageAt(topic, offset, consumer)) !== written)
        throw new Error(`a message was written to topic ${topic}, but another was read at its place`);
      return `message written to topic ${topic} and read at offset ${offset}`;
    } finally {
      signal.removeEventListener("abort", abandon);
      await close();
    }
  },
};

function connection({ url, service, variables }: Pick<Proof, "url" | "service" | "variables">): BaseOptions {
  const { user: username, password } = credentialsOf(url);
  const mechanism = (variables["KAFKA_SASL_MECHANISM"] || "PLAIN") as SASLMechanismValue;
  return {
    clientId: `reference-${service}`,
    bootstrapBrokers: variables["KAFKA_BOOTSTRAP_SERVERS"]?.split(",").map((server) => server.trim()) ?? [
      url.host,
    ],
    // A new topic has no leader yet.
    retries: 5,
    retryDelay: 100,
    ...(username && { sasl: { mechanism, username, password } }),
    ...(variables["KAFKA_SECURITY_PROTOCOL"]?.endsWith("SSL") && { tls: {} }),
  };
}

async function ensureTopic(topic: string, options: BaseOptions, consumer: AnyConsumer): Promise<void> {
  try {
    await consumer.metadata({ topics: [topic], retries: 0 });
  } catch (error) {
    // What the client says of a topic that is not there.
    if (codeOf(error) !== "PLT_KFK_USER") throw error;
    await createTopic(topic, options);
  }
}

/** Makes the topic, in as many replicas as the brokers themselves say. */
async function createTopic(topic: string, options: BaseOptions): Promise<void> {
  const { Admin, findErrorBy } = await import("@platformatic/kafka");
  const admin = new Admin(options);
  try {
    const configs = [{ name: "retention.ms", value: `${RETENTION}` }];
    await admin.createTopics({ topics: [topic], partitions: 1, replicas: -1, configs });
  } catch (error) {
    // Another copy was as fast.
    if (!(error instanceof Error && findErrorBy(error, "apiId", "TOPIC_ALREADY_EXISTS"))) throw error;
  } finally {
    await admin.close();
  }
}

type AnyConsumer = Consumer;

/** Text of the message at a place in the only partition of a topic; read without a consumer group, which takes seconds to form. */
async function messageAt(topic: string, offset: bigint, consumer: AnyConsumer): Promise<string | undefined> {
  const { topics } = await consumer.metadata({ topics: [topic], forceUpdate: true });
  const { id: topicId, partitions } = topics.get(topic)!;
  const place = { partition: 0, fetchOffset: offset, partitionMaxBytes: LARGEST };
  const { responses } = await consumer.fetch({
    node: partitions[0]!.leader,
    topics: [{ topicId, partitions: [{ ...place, currentLeaderEpoch: -1, lastFetchedEpoch: -1 }] }],
  });
  const batches = responses[0]?.partitions[0]?.records ?? [];
  const records = batches.flatMap(({ firstOffset, records: those }) =>
    those.map(({ offsetDelta, value }) => ({ offset: firstOffset + BigInt(offsetDelta), value })),
  );
  return records.find((record) => record.offset === offset)?.value?.toString();
}
