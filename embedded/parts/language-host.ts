import * as path from "node:path";
import { installExecutable } from "./executable.ts";
import { settingsOf } from "./settings.ts";
import type { Engine, LanguageHost, PartsOptions } from "./types.ts";

/** The second step: the official engine brings its language host; the embedded engine gets the embedded one, beside it. */
export async function obtainLanguageHost(engine: Engine, options: PartsOptions = {}): Promise<LanguageHost> {
  const { kind, version } = engine.used;
  if (kind === "embedded") {
    const file = path.join(path.dirname(engine.path), "pulumi-language-nodejs");
    await installExecutable(file, "language-host", settingsOf(options).home);
  }
  return { used: { part: "language host", kind, version, why: `comes with the ${kind} engine` } };
}
