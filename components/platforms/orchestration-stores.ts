import { externalKafka } from "../services/external-kafka.ts";
import { externalNeo4j } from "../services/external-neo4j.ts";
import { Kafka, type KafkaServer } from "../services/kafka.ts";
import { type GraphServer, Neo4j } from "../services/neo4j.ts";
import type { OrchestrationArgs, OrchestrationExternal } from "./orchestration-args.ts";
import { sizes, type StoreName } from "./orchestration-sizes.ts";
import { combined, imageOf, type Store } from "./stores.ts";

/** What the stores are made of. */
export interface StoreArgs extends Required<
  Pick<OrchestrationArgs, "target" | "publicImages" | "size" | "neo4jLicence" | "neo4jCopies" | "brokers">
> {
  readonly external: OrchestrationExternal;
  readonly storageGiB: Readonly<Record<StoreName, number>>;
}

/** What the platform keeps its data in. */
export interface Stores {
  readonly graph: GraphServer;
  readonly kafka: KafkaServer;
}

/** The stores, of the platform's own or run by somebody else. */
export function storesOf(args: StoreArgs): Store<Stores> {
  return combined<Stores>({ graph: graphStore(args), kafka: kafkaStore(args) });
}

/** The setting by which a store can run elsewhere. */
const elsewhere = (setting: string) => `keelson:external: { ${setting} }`;

function graphStore(args: StoreArgs): Store<GraphServer> {
  const { target, external, size, storageGiB: rooms, neo4jLicence: licence, neo4jCopies: copies } = args;
  const { neo4j } = external;
  if (neo4j) return { demands: {}, make: () => externalNeo4j(neo4j) };
  const { resources } = sizes[size].neo4j;
  const storageGiB = rooms.neo4j;
  const settings = { target, licence, copies, resources, storageGiB, ...imageOf("neo4j", args) };
  return {
    demands: {
      neo4j: { ...resources, storageGiB, copies, offload: elsewhere("neo4j: { url, password }") },
    },
    make: (parent) => new Neo4j("neo4j", settings, { parent }),
  };
}

function kafkaStore(args: StoreArgs): Store<KafkaServer> {
  const { target, external, size, storageGiB: rooms, brokers: copies } = args;
  const { kafka } = external;
  if (kafka) return { demands: {}, make: () => externalKafka(kafka) };
  const { resources } = sizes[size].kafka;
  const storageGiB = rooms.kafka;
  const settings = { target, copies, resources, storageGiB, ...imageOf("kafka", args) };
  return {
    demands: {
      kafka: {
        ...resources,
        storageGiB,
        copies,
        offload: elsewhere("kafka: { bootstrap, clients, topics }"),
      },
    },
    make: (parent) => new Kafka("kafka", settings, { parent }),
  };
}
