import { existsSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";
import { execa } from "execa";
import { installExecutable } from "./executable.ts";
import { packageVersion } from "./package-version.ts";
import { embeddedPlugins } from "./programs.ts";
import { rememberedRefusal, rememberRefusal } from "./refusals.ts";
import { settingsOf, type Settings } from "./settings.ts";
import type { Engine, PartKind, PartsOptions, Plugins } from "./types.ts";

const installMilliseconds = 5 * 60_000;

interface Plugin {
  readonly name: string;
  /** The one that the program's SDK asks for, without a leading `v`. */
  readonly version: string;
}

/**
 * The third step: the official plugins where an official engine has or gets them, else the embedded ones. All are of one kind: embedded ones
 * are kept in a home folder of their own, in which the engine looks for every plugin.
 */
export async function obtainPlugins(engine: Engine, options: PartsOptions = {}): Promise<Plugins> {
  const settings = settingsOf(options);
  const wanted = embeddedPlugins().flatMap((name): Plugin[] => {
    const version = packageVersion(`@pulumi/${name}`, settings.project);
    return version === undefined ? [] : [{ name, version }];
  });
  if (engine.used.kind === "embedded") {
    await installEmbedded(wanted, settings);
    return inUse(wanted, "embedded", "comes with the embedded engine");
  }
  const refusal = await refusalOfOfficial(engine, wanted, settings);
  if (refusal === undefined) return inUse(wanted, "official", "installed by the official engine");
  await installEmbedded(wanted, settings);
  return inUse(wanted, "embedded", refusal);
}

/** The PULUMI_HOME of embedded plugins. */
export function embeddedPulumiHome(home: string): string {
  return path.join(home, "pulumi");
}

/** The user's own PULUMI_HOME. */
export function userPulumiHome(environment: Settings["environment"]): string {
  return environment.PULUMI_HOME || path.join(environment.HOME || homedir(), ".pulumi");
}

function inUse(plugins: readonly Plugin[], kind: PartKind, why: string): Plugins {
  return { used: plugins.map(({ name, version }) => ({ part: `plugin ${name}`, kind, version, why })) };
}

async function installEmbedded(plugins: readonly Plugin[], { home }: Settings): Promise<void> {
  const folder = path.join(embeddedPulumiHome(home), "plugins");
  await Promise.all(
    plugins.map(({ name, version }) => {
      const file = path.join(folder, `resource-${name}-v${version}`, `pulumi-resource-${name}`);
      return installExecutable(file, `plugins/${name}`, home);
    }),
  );
}

/** Has the official engine install the plugins that it does not have. @returns why it cannot, if so */
async function refusalOfOfficial(
  engine: Engine,
  plugins: readonly Plugin[],
  settings: Settings,
): Promise<string | undefined> {
  const folder = path.join(userPulumiHome(settings.environment), "plugins");
  const missing = plugins.filter(
    ({ name, version }) => !existsSync(path.join(folder, `resource-${name}-v${version}`)),
  );
  if (missing.length === 0) return undefined;
  const reason = rememberedRefusal("plugins", settings);
  if (reason !== undefined) return reason;
  for (const { name, version } of missing) {
    settings.progress(`installing the official plugin ${name} ${version}`);
    const { failed, stderr } = await execa(engine.path, ["plugin", "install", "resource", name, version], {
      env: { ...settings.environment, PULUMI_SKIP_UPDATE_CHECK: "true" },
      extendEnv: false,
      reject: false,
      timeout: installMilliseconds,
    });
    if (!failed) continue;
    const why = stderr.trim().split("\n").at(-1) ?? "it took too long";
    return rememberRefusal("plugins", `the official plugin ${name} could not be had: ${why}`, settings);
  }
  return undefined;
}
