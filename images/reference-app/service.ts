import type { Logger } from "pino";
import type { Items } from "./database/items.ts";
import { discover } from "./discovery.ts";
import { readEnvironment, secretsOf, serviceName, type Variables } from "./environment.ts";
import { createLogger, type Destination } from "./logging.ts";
import { Metrics } from "./metrics.ts";
import { redactor } from "./redaction.ts";
import { Wiring, type WiringEntry } from "./wiring.ts";

/** The running parts of the service that is stood in for. */
export interface Service {
  readonly name: string;
  readonly logger: Logger;
  readonly wiring: Wiring;
  readonly metrics: Metrics;
  /** Its record store, where the environment names a database. */
  readonly items: Items | undefined;
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

  const logger = createLogger(name, variables, redact, destination);
  const wiring = new Wiring({
    service: name,
    dependencies,
    variables,
    redact,
    onProof: (now, before) => logChange(logger, now, before),
    ...timing(variables),
  });
  const database = dependencies.find(({ protocol }) => protocol === "postgresql");
  return {
    name,
    logger,
    wiring,
    redact,
    metrics: new Metrics(name, () => wiring.entries()),
    items: database && (await openItems(database.url, variables)),
  };
}

/** REFERENCE_PROOF_SECONDS sets how often the dependencies are proven. */
function timing(variables: Variables): { readonly everySeconds?: number } {
  const everySeconds = Number(variables["REFERENCE_PROOF_SECONDS"]);
  return everySeconds > 0 ? { everySeconds } : {};
}

async function openItems(url: URL, variables: Variables): Promise<Items> {
  const { Items } = await import("./database/items.ts");
  return new Items(url, variables);
}

/** Every round would drown the log: only news is written. */
function logChange(logger: Logger, now: WiringEntry, before: WiringEntry): void {
  const { name: dependency, protocol, target, detail, milliseconds } = now;
  const fields = { dependency, protocol, target, detail, milliseconds };
  if (now.ok && !before.ok) logger.info(fields, `${dependency} is proven`);
  if (!now.ok && detail !== before.detail) logger.warn(fields, `${dependency} is not proven`);
}
