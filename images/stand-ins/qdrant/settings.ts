import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { z } from "zod";

const port = z.coerce.number().int().min(0).max(65_535);
const key = z
  .string()
  .nullish()
  .transform((value) => value || undefined);
const flag = z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")]);

/** The settings that this program follows; Qdrant's others are about what it does not do. */
const settingsSchema = z.object({
  service: z
    .object({
      host: z.string().default("0.0.0.0"),
      http_port: port.default(6333),
      metrics_port: port.nullish(),
      api_key: key,
      read_only_api_key: key,
    })
    .prefault({}),
  storage: z
    .object({
      storage_path: z.string().default("./storage"),
      snapshots_path: z.string().default("./snapshots"),
    })
    .prefault({}),
  cluster: z.object({ enabled: flag.default(false) }).prefault({}),
});

/** Settings as the official image takes them. */
export type Settings = z.infer<typeof settingsSchema>;

/**
 * Reads the file that `--config-path` names, and the variables that go before it, such as `QDRANT__SERVICE__API_KEY`.
 *
 * @throws Error if an argument or a value is not known, or if it is to keep copies
 */
export function readSettings(args: readonly string[], environment: NodeJS.ProcessEnv): Settings {
  const { values } = parseArgs({
    args: [...args],
    options: {
      "config-path": { type: "string" },
      "disable-telemetry": { type: "boolean" },
      uri: { type: "string" },
      bootstrap: { type: "string" },
    },
  });
  const file = values["config-path"];
  const given: unknown = file === undefined ? {} : parse(readFileSync(file, "utf8"));
  const settings = settingsSchema.parse(merged(given, environment));
  if (settings.cluster.enabled || values.bootstrap !== undefined)
    throw new Error("the stand-in for Qdrant keeps no copies: run one, or the official image");
  return settings;
}

function merged(given: unknown, environment: NodeJS.ProcessEnv): unknown {
  const settings = structuredClone(z.record(z.string(), z.unknown()).parse(given ?? {}));
  for (const [variable, value] of Object.entries(environment)) {
    const [prefix, section, name] = variable.toLowerCase().split("__");
    if (prefix !== "qdrant" || !section || !name) continue;
    settings[section] = {
      ...z.record(z.string(), z.unknown()).parse(settings[section] ?? {}),
      [name]: value,
    };
  }
  return settings;
}
