import type { Scaling } from "../model/scaling.ts";
import { environments } from "./environment.ts";
import type { OrchestrationArgs, OrchestrationCommands } from "./orchestration-args.ts";
import { type OrchestrationConfiguration, CONFIGURATION, MCP_PORT } from "./orchestration-configuration.ts";
import { type ServiceName, sizes, type StoreName } from "./orchestration-sizes.ts";

/** What the platform is told, with a default for all that is left out. */
export interface OrchestrationSettings extends Required<
  Omit<OrchestrationArgs, "configuration" | "scaling" | "storageGiB" | "commands">
> {
  readonly configuration: OrchestrationConfiguration;
  readonly scaling: Readonly<Record<ServiceName, Pick<Scaling, "min" | "max">>>;
  readonly storageGiB: Readonly<Record<StoreName, number>>;
  readonly commands: OrchestrationCommands;
}

const STORAGE: Readonly<Record<StoreName, number>> = { neo4j: 20, kafka: 20 };

/** What the names of indices for the platform's logs begin with. */
export const LOG_INDEX = "orchestration-logs";

/** Public address of OpenAI's API. */
const OPENAI_URL = "https://api.openai.com/v1";

/** Fills in what is left out. */
export function complete(args: OrchestrationArgs): OrchestrationSettings {
  const { environment = "production", size = "compact", neo4jLicence = "community" } = args;
  const facts = sizes[size];
  return {
    ...args,
    environment,
    size,
    neo4jLicence,
    observability: args.observability ?? false,
    publicImages: args.publicImages ?? {},
    openaiUrl: args.openaiUrl ?? OPENAI_URL,
    external: args.external ?? {},
    neo4jCopies: args.neo4jCopies ?? (neo4jLicence === "community" ? 1 : facts.neo4j.copies),
    brokers: args.brokers ?? facts.kafka.copies,
    configuration: { ...CONFIGURATION, ...args.configuration },
    scaling: {
      "mcp-server": facts["mcp-server"].copies,
      "core-services": facts["core-services"].copies,
      ...args.scaling,
    },
    storageGiB: { ...STORAGE, ...args.storageGiB },
    commands: {
      mcpServer: [
        ...["uvicorn", "agent_orchestration.main:app", "--host", "0.0.0.0", "--port", `${MCP_PORT}`],
        ...["--workers", `${environments[environment].workers}`],
        // Only the entry reaches it, and says whom it asks for.
        ...["--proxy-headers", "--forwarded-allow-ips", "*"],
      ],
      coreServices: ["python", "-m", "app.worker"],
      coreServicesCheck: ["python", "-m", "app.worker", "--check"],
      ...args.commands,
    },
  };
}
