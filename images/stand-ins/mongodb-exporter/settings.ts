import { parseArgs } from "node:util";
import { z } from "zod";

/** The variables that the official program takes for its server. */
const variables = z.object({
  MONGODB_URI: z.string(),
  MONGODB_USER: z.string().optional(),
  MONGODB_PASSWORD: z.string().optional(),
});

/** Settings as the official image takes them. */
export interface Settings {
  readonly uri: string;
  /** Who it is; nobody where the server asks for no name. */
  readonly auth: { readonly username: string; readonly password: string } | undefined;
}

/**
 * Reads the program's arguments and variables.
 *
 * @throws Error if an argument is not known, or no server is named
 */
export function readSettings(args: readonly string[], environment: NodeJS.ProcessEnv): Settings {
  parseArgs({
    args: [...args],
    options: { "collector.diagnosticdata": { type: "boolean" }, "collector.dbstats": { type: "boolean" } },
  });
  const {
    MONGODB_URI: uri,
    MONGODB_USER: username,
    MONGODB_PASSWORD: password,
  } = variables.parse(environment);
  return { uri, auth: username && password ? { username, password } : undefined };
}
