import { parseArgs } from "node:util";
import { z } from "zod";

/** What Weaviate takes for yes; all else is no. */
const YES = new Set(["on", "enabled", "1", "true"]);
const flag = z
  .string()
  .default("")
  .transform((text) => YES.has(text.toLowerCase()));
const port = z.coerce.number().int().min(0).max(65_535);

/** The variables that this program follows; Weaviate's others are about what it does not do. */
const variables = z.object({
  PERSISTENCE_DATA_PATH: z.string().default("./data"),
  AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED: flag,
  AUTHENTICATION_APIKEY_ENABLED: flag,
  AUTHENTICATION_APIKEY_ALLOWED_KEYS: z
    .string()
    .default("")
    .transform((text) => text.split(",").filter((key) => key !== "")),
  CLUSTER_HOSTNAME: z.string().default("weaviate"),
  RAFT_BOOTSTRAP_EXPECT: z.coerce.number().default(1),
  PROMETHEUS_MONITORING_ENABLED: flag,
  PROMETHEUS_MONITORING_PORT: port.default(2112),
  QUERY_DEFAULTS_LIMIT: z.coerce.number().int().positive().default(25),
});

/** Settings as the official image takes them. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  /** Nowhere, unless it is switched on. */
  readonly metricsPort: number | undefined;
  readonly folder: string;
  /** What clients are known by; none where anyone may come. */
  readonly keys: readonly string[] | undefined;
  readonly hostname: string;
  /** Objects that an answer has when nothing is said. */
  readonly limit: number;
}

/**
 * Reads the program's arguments and variables.
 *
 * @throws Error if an argument or a value is not known, or if it is to keep copies
 */
export function readSettings(args: readonly string[], environment: NodeJS.ProcessEnv): Settings {
  const { values } = parseArgs({
    args: [...args],
    options: { host: { type: "string" }, port: { type: "string" }, scheme: { type: "string" } },
  });
  const given = variables.parse(environment);
  if (given.RAFT_BOOTSTRAP_EXPECT > 1)
    throw new Error("the stand-in for Weaviate keeps no copies: run one, or the official image");
  // The official program lets anyone in when it is told of no way to tell clients apart.
  const isOpen = given.AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED || !given.AUTHENTICATION_APIKEY_ENABLED;
  return {
    host: values.host ?? "0.0.0.0",
    port: port.parse(values.port ?? 8080),
    metricsPort: given.PROMETHEUS_MONITORING_ENABLED ? given.PROMETHEUS_MONITORING_PORT : undefined,
    folder: given.PERSISTENCE_DATA_PATH,
    keys: isOpen ? undefined : given.AUTHENTICATION_APIKEY_ALLOWED_KEYS,
    hostname: given.CLUSTER_HOSTNAME,
    limit: given.QUERY_DEFAULTS_LIMIT,
  };
}
