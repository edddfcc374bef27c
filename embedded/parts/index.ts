import { obtainEngine } from "./engine.ts";
import { engineEnvironment } from "./environment.ts";
import { obtainLanguageHost } from "./language-host.ts";
import { obtainPlugins } from "./plugins.ts";
import type { Engine, LanguageHost, Parts, PartsOptions, Plugins } from "./types.ts";

export { keelsonHome } from "./home.ts";
export { obtainEngine } from "./engine.ts";
export { obtainLanguageHost } from "./language-host.ts";
export { obtainPlugins } from "./plugins.ts";
export type { Engine, LanguageHost, PartKind, Parts, PartsOptions, Plugins, UsedPart } from "./types.ts";

/**
 * Obtains all that it takes to run Pulumi: the official parts where they can be had, else the embedded ones. What was obtained before is used
 * again, so that all but the first call take a moment.
 *
 * ```ts
 * const { engine, environment } = await obtainParts({ progress: (line) => console.error(line) });
 * await execa(engine, ["preview", "--stack", "acceleration-docker"], { env: environment, stdio: "inherit" });
 * ```
 *
 * @throws Error when a part can neither be had nor built: what is missing, and what to install
 */
export async function obtainParts(options: PartsOptions = {}): Promise<Parts> {
  const engine = await obtainEngine(options);
  const languageHost = await obtainLanguageHost(engine, options);
  const plugins = await obtainPlugins(engine, options);
  return joinParts({ engine, languageHost, plugins }, options);
}

/** Joins what the three steps obtained: for callers that show the steps one by one. `obtainParts` does all four in one call. */
export async function joinParts(
  { engine, languageHost, plugins }: { engine: Engine; languageHost: LanguageHost; plugins: Plugins },
  options: PartsOptions = {},
): Promise<Parts> {
  return {
    engine: engine.path,
    environment: await engineEnvironment(engine, plugins, options),
    used: [engine.used, languageHost.used, ...plugins.used],
  };
}
