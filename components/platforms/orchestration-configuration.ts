import * as pulumi from "@pulumi/pulumi";
import { stringify } from "yaml";
import { Reference, textOf } from "../model/reference.ts";
import { FILES } from "../model/workload.ts";
import type { KafkaClient, KafkaTopic } from "../services/kafka.ts";
import type { GraphServer } from "../services/neo4j.ts";
import { type Environment, environments } from "./environment.ts";
import { PARTITIONS } from "./orchestration-sizes.ts";
import type { Variables } from "./store-settings.ts";

/** What the applications' `config.yaml` says beside addresses and passwords, and a stack may choose. */
export interface OrchestrationConfiguration {
  /** Seconds that the server gives a request. */
  readonly timeoutSeconds: number;
  /** Connections to Neo4j of each process. */
  readonly poolSize: number;
  /** Milliseconds after which a connection to Neo4j has failed. */
  readonly connectionTimeoutMilliseconds: number;
  /** Language model that is asked unless an agent names another. */
  readonly model: string;
  /** Seconds that a language model has for its answer. */
  readonly modelTimeoutSeconds: number;
}

/** The defaults of the platform's document. */
export const CONFIGURATION: OrchestrationConfiguration = {
  timeoutSeconds: 60,
  poolSize: 10,
  connectionTimeoutMilliseconds: 5000,
  model: "gpt-4-turbo",
  modelTimeoutSeconds: 30,
};

/** Topics by which the parts of the platform tell each other what happened. */
export const topicNames = ["agent_events", "evolution_events", "feedback_events"] as const;

/** How long their messages are kept: the document's 604800000 ms. */
export const RETENTION_DAYS = 7;

const MILLISECONDS_PER_DAY = 86_400_000;

/** Port of the MCP servers. */
export const MCP_PORT = 8000;

/** What an application is connected to. */
export interface Connections {
  readonly graph: GraphServer;
  readonly kafka: KafkaClient;
  readonly topics: readonly KafkaTopic[];
  readonly openai: { readonly key: Reference; readonly url: Reference };
}

interface Facts extends Connections {
  readonly environment: Environment;
  readonly configuration: OrchestrationConfiguration;
}

const CONFIGURATION_FILE = "config.yaml";

/** What an application is told: variables, and the same by its file of configuration. */
export function settingsOf(facts: Facts): {
  readonly env: Variables;
  readonly files: Variables;
} {
  const { environment, graph, kafka, openai } = facts;
  return {
    env: {
      ENVIRONMENT: environment,
      LOG_LEVEL: environments[environment].logLevel,
      CONFIG_FILE: `${FILES}/${CONFIGURATION_FILE}`,
      NEO4J_URI: graph.url,
      NEO4J_USERNAME: graph.user,
      NEO4J_PASSWORD: graph.password,
      KAFKA_BOOTSTRAP_SERVERS: kafka.bootstrap,
      KAFKA_SECURITY_PROTOCOL: kafka.protocol,
      KAFKA_SASL_MECHANISM: kafka.mechanism,
      KAFKA_SASL_USERNAME: kafka.user,
      KAFKA_SASL_PASSWORD: kafka.password,
      OPENAI_API_KEY: openai.key,
      OPENAI_BASE_URL: openai.url,
      // Python programs keep caches below their home, which is read-only.
      HOME: "/tmp",
    },
    files: { [CONFIGURATION_FILE]: configurationFile(facts) },
  };
}

/** The file. What it names may be opened because the variables name it, too. */
function configurationFile(facts: Facts): Reference {
  const { environment, configuration, graph, kafka, topics, openai } = facts;
  const { workers } = environments[environment];
  const known = {
    uri: textOf(graph.url),
    user: textOf(graph.user),
    password: textOf(graph.password),
    bootstrap: textOf(kafka.bootstrap),
    saslUser: textOf(kafka.user),
    saslPassword: textOf(kafka.password),
    apiKey: textOf(openai.key),
    baseUrl: textOf(openai.url),
  };
  const text = pulumi.all(known).apply((values) =>
    stringify({
      server: { port: MCP_PORT, host: "0.0.0.0", workers, timeout: configuration.timeoutSeconds },
      database: {
        uri: values.uri,
        username: values.user,
        password: values.password,
        pool_size: configuration.poolSize,
        connection_timeout: configuration.connectionTimeoutMilliseconds,
      },
      kafka: {
        bootstrap_servers: values.bootstrap,
        security_protocol: kafka.protocol,
        sasl_mechanism: kafka.mechanism,
        sasl_username: values.saslUser,
        sasl_password: values.saslPassword,
        num_partitions: PARTITIONS,
        // As often as the brokers themselves say (KIP-464): once where there is one, three times where there are three.
        replication_factor: -1,
        topics: topics.map(({ name }) => ({
          name,
          partitions: PARTITIONS,
          retention_ms: RETENTION_DAYS * MILLISECONDS_PER_DAY,
        })),
      },
      openai: {
        api_key: values.apiKey,
        base_url: values.baseUrl,
        default_model: configuration.model,
        request_timeout: configuration.modelTimeoutSeconds,
      },
    }),
  );
  return Reference.hidden(text);
}
