import * as path from "node:path";
import { backendVariables } from "./backend.ts";
import { installExecutable } from "./executable.ts";
import { embeddedPulumiHome, userPulumiHome } from "./plugins.ts";
import { cloudCommands } from "./programs.ts";
import { settingsOf, type Settings } from "./settings.ts";
import type { Engine, PartsOptions, Plugins } from "./types.ts";

/** The variables that make `engine` use these plugins, and the state and the passphrase that are meant. */
export async function engineEnvironment(
  engine: Engine,
  plugins: Plugins,
  options: PartsOptions,
): Promise<Record<string, string>> {
  const { environment, home } = settingsOf(options);
  // The official language host takes the first Node on the PATH: the one that the packages bring, which runs TypeScript as it is.
  const folders = [
    path.dirname(engine.path),
    path.dirname(process.execPath),
    ...(await installCloudCommands(plugins, home)),
    environment.PATH ?? "",
  ];
  return {
    PATH: folders.join(path.delimiter),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // A third of the time of a preview that changes nothing goes into compiling the SDK's JavaScript.
    NODE_COMPILE_CACHE: environment.NODE_COMPILE_CACHE ?? path.join(home, "compile-cache"),
    ...backendVariables(engine, { environment, home }),
    ...(plugins.used.some(({ kind }) => kind === "embedded")
      ? embeddedPluginVariables(engine, { environment, home })
      : {}),
  };
}

/**
 * Puts the stand-ins for the programs that get credentials for clusters where the engine's plugins look for them: those of the clouds whose
 * plugins are embedded, because nobody else can have credentials for imagined clusters.
 *
 * @returns their folders
 */
async function installCloudCommands({ used }: Plugins, home: string): Promise<readonly string[]> {
  const commands = used.flatMap(({ kind, part }) => {
    const command = cloudCommands[part.replace(/^plugin /, "")];
    return kind === "embedded" && command !== undefined ? [command] : [];
  });
  return Promise.all(
    commands.map(async (command) => {
      const folder = path.join(home, "cloud-commands", command);
      await installExecutable(path.join(folder, command), `cloud-commands/${command}`, home);
      return folder;
    }),
  );
}

function embeddedPluginVariables(
  engine: Engine,
  { environment, home }: Pick<Settings, "environment" | "home">,
): Record<string, string> {
  return {
    PULUMI_HOME: embeddedPulumiHome(home),
    // Embedded plugins of clouds keep there what they imagine.
    KEELSON_HOME: home,
    // What is not there cannot be had: asking would take its time.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    // The login of an official CLI is kept in the user's own PULUMI_HOME.
    ...(engine.used.kind === "official"
      ? { PULUMI_CREDENTIALS_PATH: environment.PULUMI_CREDENTIALS_PATH ?? userPulumiHome(environment) }
      : {}),
  };
}
