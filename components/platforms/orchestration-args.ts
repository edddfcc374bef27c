import type { Input } from "@pulumi/pulumi";
import type { Scaling } from "../model/scaling.ts";
import type { Target } from "../model/target.ts";
import type { ExternalKafkaArgs } from "../services/external-kafka.ts";
import type { ExternalNeo4jArgs } from "../services/external-neo4j.ts";
import type { Neo4jLicence } from "../services/neo4j.ts";
import type { Environment } from "./environment.ts";
import type { ObservabilityArgs } from "./observability-args.ts";
import type { OrchestrationConfiguration } from "./orchestration-configuration.ts";
import type { OrchestrationSize, ServiceName, StoreName } from "./orchestration-sizes.ts";

/** Arguments of the Agent Orchestration platform. */
export interface OrchestrationArgs {
  readonly target: Target;
  /** Host name that clients of MCP use. */
  readonly host: string;
  /** Images of the applications. */
  readonly images: Readonly<Record<ServiceName, string>>;
  /**
   * Images of public programs that shall not be those that the services choose.
   *
   * @defaultValue none
   */
  readonly publicImages?: Partial<Record<StoreName, string>>;
  /** @defaultValue "production" */
  readonly environment?: Environment;
  /**
   * Whether Prometheus and Grafana watch the platform, and how; see `ObservabilityArgs`.
   *
   * @defaultValue false
   */
  readonly observability?: boolean | ObservabilityArgs;
  /** What the applications ask language models with. */
  readonly openaiApiKey: Input<string>;
  /**
   * Where language models are asked: OpenAI's API, or one that speaks like it.
   *
   * @defaultValue "https://api.openai.com/v1"
   */
  readonly openaiUrl?: string;
  /**
   * What services are promised, and how many copies of them run.
   *
   * @defaultValue "compact", which fits an EliteDesk
   */
  readonly size?: OrchestrationSize;
  /**
   * What of the applications' `config.yaml` shall not be the platform's default.
   *
   * @defaultValue none
   */
  readonly configuration?: Partial<OrchestrationConfiguration>;
  /**
   * Which edition of Neo4j runs; see `Neo4jArgs.licence`. Only the Enterprise Edition forms a cluster.
   *
   * @defaultValue "community"
   */
  readonly neo4jLicence?: Neo4jLicence;
  /**
   * Copies of the platform's own Neo4j server; a target that can't have more runs one.
   *
   * @defaultValue 1; with the Enterprise Edition, as the size has it
   */
  readonly neo4jCopies?: number;
  /**
   * Brokers of the platform's own Kafka; a target that can't have more runs one. Decided before the first start.
   *
   * @defaultValue as the size has it
   */
  readonly brokers?: 1 | 3;
  /**
   * How far applications may be scaled, on targets that can.
   *
   * @defaultValue as the size has it
   */
  readonly scaling?: Partial<Record<ServiceName, Pick<Scaling, "min" | "max">>>;
  /**
   * Room of each copy, in GiB; raised later at will, never lowered.
   *
   * @defaultValue 20 each
   */
  readonly storageGiB?: Partial<Record<StoreName, number>>;
  /**
   * Stores that somebody else runs.
   *
   * @defaultValue none: Neo4j and Kafka are the platform's own
   */
  readonly external?: OrchestrationExternal;
  /**
   * Programs of private images that are started in another way there.
   *
   * @defaultValue as the platform's page has them
   */
  readonly commands?: Partial<OrchestrationCommands>;
}

/** Stores that somebody else runs; each is the platform's own where it is left out. */
export interface OrchestrationExternal {
  readonly neo4j?: ExternalNeo4jArgs;
  /** Its clients are `mcp-server` and `core-services`, its topics those of the platform. */
  readonly kafka?: ExternalKafkaArgs;
}

/** Programs of the private images, with their arguments. */
export interface OrchestrationCommands {
  readonly mcpServer: readonly string[];
  readonly coreServices: readonly string[];
  /** Ends with 0 as long as the core services are at work; it is told no secret variables. */
  readonly coreServicesCheck: readonly string[];
}
