import * as pulumi from "@pulumi/pulumi";
import { AGENT_DASHBOARD } from "../monitoring/agent-dashboard.ts";
import { type Demand, demandOf } from "../model/capacity.ts";
import { Reference } from "../model/reference.ts";
import type { Signal } from "../model/scaling.ts";
import { Gateway } from "../services/gateway.ts";
import { HttpService } from "../services/http-service.ts";
import type { KafkaClient, KafkaTopic } from "../services/kafka.ts";
import { type GraphServer, NEO4J_USER } from "../services/neo4j.ts";
import { Worker } from "../services/worker.ts";
import type { Login } from "./login.ts";
import type { OrchestrationArgs } from "./orchestration-args.ts";
import { openaiKeyRule, refuseMistakes } from "./orchestration-checks.ts";
import {
  type Connections,
  MCP_PORT,
  RETENTION_DAYS,
  settingsOf,
  topicNames,
} from "./orchestration-configuration.ts";
import { complete, type OrchestrationSettings } from "./orchestration-defaults.ts";
import {
  BUSY,
  HEALTH,
  IDLE_SECONDS,
  METRICS,
  STARTUP_SECONDS,
  waitingEvents,
} from "./orchestration-services.ts";
import { PARTITIONS, type ServiceName, sizes } from "./orchestration-sizes.ts";
import { storesOf } from "./orchestration-stores.ts";
import { judged } from "./semantik-secrets.ts";

/**
 * The Agent Orchestration platform: servers that agents and their clients reach by MCP, core services that work off what
 * happened, the graph that they keep what they know in, and the topics by which they tell each other.
 */
export class Orchestration extends pulumi.ComponentResource {
  /** Where clients of MCP reach the platform, without a trailing slash. */
  readonly url: string;
  /** Addresses that answer 200 while the platform is well, by service. */
  readonly health: Readonly<Record<string, string>>;
  /** Who may log in: the one user of Neo4j, where the platform runs its own. */
  readonly logins: Readonly<{ neo4j?: Login }>;

  readonly #settings: OrchestrationSettings;

  /** @throws InputPropertiesError with every mistake in the arguments, before anything is made */
  constructor(name: string, args: OrchestrationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:platforms:Orchestration", name, {}, opts);
    refuseMistakes(args);
    this.#settings = complete(args);
    const { target, host, external } = this.#settings;
    const stores = storesOf(this.#settings);
    target.admit(this.#plan(stores.demands));
    this.url = target.urlOf(host);

    const { graph, kafka } = stores.make(this);
    const topics = topicNames.map((topic) =>
      kafka.topic(topic, { partitions: PARTITIONS, retentionDays: RETENTION_DAYS }),
    );
    const openai = this.#openai();
    const connected = (service: ServiceName): Connections => ({
      graph,
      topics,
      openai,
      kafka: kafka.client(service, { topics }),
    });
    const server = this.#mcpServer(connected("mcp-server"));
    this.#coreServices(connected("core-services"));
    new Gateway("proxy", { target, host, routes: { "/": server.http } }, { parent: this });
    this.#keepSecrets(openai.key, graph);

    this.health = { "mcp-server": `${this.url}${HEALTH.path}` };
    const password = pulumi.secret(graph.password.value);
    this.logins = external.neo4j ? {} : { neo4j: { user: NEO4J_USER, password } };
    this.registerOutputs({});
  }

  /** What the whole platform asks to be promised, each application at its most copies. */
  #plan(ofStores: Readonly<Record<string, Demand>>): Readonly<Record<string, Demand>> {
    return {
      ...ofStores,
      "mcp-server": demandOf(this.#sizes("mcp-server", BUSY)),
      "core-services": demandOf(this.#sizes("core-services", BUSY)),
    };
  }

  #sizes(service: ServiceName, signals: readonly Signal[]) {
    const { size, scaling } = this.#settings;
    return { resources: sizes[size][service].resources, scaling: { ...scaling[service], signals } };
  }

  #openai(): Connections["openai"] {
    const { openaiApiKey, openaiUrl } = this.#settings;
    const key = judged("openaiApiKey", openaiKeyRule, openaiApiKey);
    return { key: Reference.hidden(key), url: Reference.outside(openaiUrl) };
  }

  /** What both applications have. */
  #common(service: ServiceName, connections: Connections) {
    const { target, images } = this.#settings;
    const { env, files } = settingsOf({ ...this.#settings, ...connections });
    return {
      target,
      image: images[service],
      // The name by which it takes events as one of several: each event is for one copy.
      env: { ...env, SERVICE_NAME: service, KAFKA_GROUP_ID: service },
      files,
      startupSeconds: STARTUP_SECONDS,
    };
  }

  #mcpServer(connections: Connections): HttpService {
    const common = this.#common("mcp-server", connections);
    const service = {
      ...common,
      ...this.#sizes("mcp-server", BUSY),
      command: this.#settings.commands.mcpServer,
      env: { ...common.env, MCP_SERVER_PORT: MCP_PORT },
      port: MCP_PORT,
      ready: HEALTH.path,
      health: HEALTH.readiness,
      liveness: HEALTH.liveness,
      idleSeconds: IDLE_SECONDS,
      metrics: METRICS,
      dashboards: [AGENT_DASHBOARD],
    };
    return new HttpService("mcp-server", service, { parent: this });
  }

  #coreServices(connections: Connections): void {
    const { commands } = this.#settings;
    const service = {
      ...this.#common("core-services", connections),
      ...this.#sizes("core-services", this.#waiting(connections.kafka, connections.topics)),
      command: commands.coreServices,
      check: commands.coreServicesCheck,
    };
    new Worker("core-services", service, { parent: this });
  }

  #waiting(kafka: KafkaClient, topics: readonly KafkaTopic[]): readonly Signal[] {
    return topics.map((topic) => waitingEvents(kafka, topic, "core-services"));
  }

  /** What the platform's document wants to be found by name. */
  #keepSecrets(openaiKey: Reference, { user, password }: GraphServer): void {
    const { target } = this.#settings;
    target.keepSecret("openai-credentials", { "api-key": openaiKey }, { parent: this });
    target.keepSecret("neo4j-credentials", { username: user, password }, { parent: this });
  }
}
