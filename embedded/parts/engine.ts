import { buildEngine } from "../engine/build.ts";
import { engineVersion } from "../engine/version.ts";
import { officialCli } from "./official-cli.ts";
import { settingsOf } from "./settings.ts";
import type { Engine, PartsOptions } from "./types.ts";

/**
 * The first step: the official Pulumi CLI if it is on the PATH or can be installed, else the same engine built from its Go module, which takes
 * some minutes the first time.
 *
 * @throws Error if neither can be had: what is missing, and what to install
 */
export async function obtainEngine(options: PartsOptions = {}): Promise<Engine> {
  const settings = settingsOf(options);
  const official = await officialCli(settings);
  if (typeof official === "string") {
    const path = await buildEngine(settings);
    return { path, used: { part: "engine", kind: "embedded", version: engineVersion(), why: official } };
  }
  const { path, version, why } = official;
  return { path, used: { part: "engine", kind: "official", version, why } };
}
