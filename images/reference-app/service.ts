import type { Logger } from "pino";
import { Accounts } from "./accounts/accounts.ts";
import { AuditLog } from "./audit/audit-log.ts";
import { Items } from "./database/items.ts";
import type { Database } from "./database/pool.ts";
import { discover } from "./discovery.ts";
import { listed, readEnvironment, secretsOf, serviceName, type Variables } from "./environment.ts";
import { createLogger, type Destination } from "./logging.ts";
import { Metrics } from "./metrics.ts";
import { redactor } from "./redaction.ts";
import { startTelemetry, type Telemetry } from "./telemetry/telemetry.ts";
import { Wiring, type WiringEntry } from "./wiring.ts";

/** The running parts of the service that is stood in for. */
export interface Service {
  readonly name: string;
  readonly logger: Logger;
  readonly wiring: Wiring;
  readonly metrics: Metrics;
  /** Its database, where the environment names one; what it keeps there, and who may log in. */
  readonly database: Database | undefined;
  readonly items: Items | undefined;
  readonly accounts: Accounts | undefined;
  /** Where logins are written down, where the environment names a folder for that. */
  readonly audit: AuditLog | undefined;
  /** Keys that agents are let in by, where the environment names any. */
  readonly mcpKeys: readonly string[];
  /** What it sends to a collector, where the environment names one. */
  readonly telemetry: Telemetry | undefined;
  /** Masks the credentials in a text. */
  readonly redact: (text: string) => string;
}

/**
 * Makes the parts of a service out of its environment.
 *
 * @throws Error with every mistake in the environment.
 */
export async function createService(
  environment: NodeJS.ProcessEnv,
  destination?: Destination,
): Promise<Service> {
  const variables = readEnvironment(environment);
  const name = serviceName(variables);
  const redact = redactor(secretsOf(variables));
  const { dependencies, problems } = discover(variables);
  if (problems.length > 0) throw new Error(problems.join("; "));

  const telemetry = await startTelemetry({ service: name, variables, redact });
  const logger = createLogger(name, variables, redact, destination, telemetry?.log);
  const wiring = new Wiring({
    service: name,
    dependencies,
    variables,
    redact,
    onProof: (now, before) => logChange(logger, now, before),
    ...timing(variables),
  });
  const named = dependencies.find(({ protocol }) => protocol === "postgresql");
  const database = named && (await openDatabase(named.url, variables));
  const audited = variables["AUDIT_LOG_PATH"];
  return {
    name,
    logger,
    wiring,
    redact,
    metrics: new Metrics(name, () => wiring.entries()),
    database,
    items: database && new Items(database),
    accounts: database && new Accounts(database),
    audit: audited ? new AuditLog(audited, telemetry?.audit) : undefined,
    telemetry,
    mcpKeys: listed(variables["MCP_API_KEYS"]),
  };
}

/** REFERENCE_PROOF_SECONDS sets how often the dependencies are proven. */
function timing(variables: Variables): { readonly everySeconds?: number } {
  const everySeconds = Number(variables["REFERENCE_PROOF_SECONDS"]);
  return everySeconds > 0 ? { everySeconds } : {};
}

/** Its client is loaded only where there is a database. */
async function openDatabase(url: URL, variables: Variables): Promise<Database> {
  const { Database } = await import("./database/pool.ts");
  return new Database(url, variables);
}

/** Every round would drown the log: only news is written. */
function logChange(logger: Logger, now: WiringEntry, before: WiringEntry): void {
  const { name: dependency, protocol, target, detail, milliseconds } = now;
  const fields = { dependency, protocol, target, detail, milliseconds };
  if (now.ok && !before.ok) logger.info(fields, `${dependency} is proven`);
  if (!now.ok && detail !== before.detail) logger.warn(fields, `${dependency} is not proven`);
}
