import * as pulumi from "@pulumi/pulumi";
import { AGENT_DASHBOARD } from "../monitoring/agent-dashboard.ts";
import { type Demand, demandOf } from "../model/capacity.ts";
import { Reference } from "../model/reference.ts";
import type { Signal } from "../model/scaling.ts";
import { Gateway } from "../services/gateway.ts";
import { HttpService } from "../services/http-service.ts";
import { type GraphServer, NEO4J_USER } from "../services/neo4j.ts";
import { Worker } from "../services/worker.ts";
import type { Login } from "./login.ts";
import { observabilityOf } from "./observability.ts";
import type { OrchestrationArgs } from "./orchestration-args.ts";
import { openaiKeyRule, refuseMistakes } from "./orchestration-checks.ts";
import {
  type Connections,
  MCP_PORT,
  RETENTION_DAYS,
  settingsOf,
  topicNames,
} from "./orchestration-configuration.ts";
import { complete, LOG_INDEX, type OrchestrationSettings } from "./orchestration-defaults.ts";
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
import type { Variables } from "./store-settings.ts";

/** What an application is made on. */
interface Basis {
  readonly connections: Connections;
  /** What it is told beside them. */
  readonly told: Variables;
}

/**
 * The Agent Orchestration platform: servers that agents and their clients reach by MCP, core services that work off what
 * happened, the graph that they keep what they know in, and the topics by which they tell each other.
 */
export class Orchestration extends pulumi.ComponentResource {
  /** Where clients of MCP reach the platform, without a trailing slash. */
  readonly url: string;
  /** Addresses that answer 200 while the platform is well, by service. */
  readonly health: Readonly<Record<string, string>>;
  /** Who may log in: the one user of Neo4j, where the platform runs its own, and somebody at Grafana, where it is observed. */
  readonly logins: Readonly<{ neo4j?: Login; grafana?: Login }>;

  readonly #settings: OrchestrationSettings;

  /** @throws InputPropertiesError with every mistake in the arguments, before anything is made */
  constructor(name: string, args: OrchestrationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:platforms:Orchestration", name, {}, opts);
    refuseMistakes(args);
    this.#settings = complete(args);
    const { target, host, external } = this.#settings;
    const observability = observabilityOf(this.#settings.observability, {
      target,
      host,
      logIndex: LOG_INDEX,
    });
    const stores = observability.stores(storesOf(this.#settings));
    target.admit({ ...this.#plan(stores.demands), ...observability.demands });
    this.url = target.urlOf(host);

    const { graph, kafka } = stores.make(this);
    const topics = topicNames.map((topic) =>
      kafka.topic(topic, { partitions: PARTITIONS, retentionDays: RETENTION_DAYS }),
    );
    const openai = this.#openai();
    const telemetry = observability.telemetry(this);
    const basis = (service: ServiceName): Basis => ({
      connections: { graph, topics, openai, kafka: kafka.client(service, { topics }) },
      told: telemetry.variablesOf(service),
    });
    const server = this.#mcpServer(basis("mcp-server"));
    this.#coreServices(basis("core-services"));
    const { routes, health, logins } = observability.watch(this);
    new Gateway("proxy", { target, host, routes: { ...routes, "/": server.http } }, { parent: this });
    this.#keepSecrets(openai.key, graph);

    this.health = { "mcp-server": `${this.url}${HEALTH.path}`, ...health };
    const password = pulumi.secret(graph.password.value);
    this.logins = external.neo4j ? logins : { neo4j: { user: NEO4J_USER, password }, ...logins };
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
  #common(service: ServiceName, { connections, told }: Basis) {
    const { target, images } = this.#settings;
    const { env, files } = settingsOf({ ...this.#settings, ...connections });
    return {
      target,
      image: images[service],
      // The name by which it takes events as one of several: each event is for one copy.
      env: { ...env, ...told, SERVICE_NAME: service, KAFKA_GROUP_ID: service },
      files,
      startupSeconds: STARTUP_SECONDS,
    };
  }

  #mcpServer(basis: Basis): HttpService {
    const common = this.#common("mcp-server", basis);
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

  #coreServices(basis: Basis): void {
    const { commands } = this.#settings;
    const { kafka, topics } = basis.connections;
    const waiting = topics.map((topic) => waitingEvents(kafka, topic, "core-services"));
    const service = {
      ...this.#common("core-services", basis),
      ...this.#sizes("core-services", waiting),
      command: commands.coreServices,
      check: commands.coreServicesCheck,
    };
    new Worker("core-services", service, { parent: this });
  }

  /** What the platform's document wants to be found by name. */
  #keepSecrets(openaiKey: Reference, { user, password }: GraphServer): void {
    const { target } = this.#settings;
    target.keepSecret("openai-credentials", { "api-key": openaiKey }, { parent: this });
    target.keepSecret("neo4j-credentials", { username: user, password }, { parent: this });
  }
}
