import { keelsonHome } from "./home.ts";
import type { PartsOptions } from "./types.ts";

/** The options with their defaults filled in. */
export type Settings = Required<PartsOptions>;

export function settingsOf(options: PartsOptions): Settings {
  const environment = options.environment ?? process.env;
  return {
    environment,
    home: options.home ?? keelsonHome(environment),
    project: options.project ?? process.cwd(),
    progress: options.progress ?? (() => undefined),
  };
}
