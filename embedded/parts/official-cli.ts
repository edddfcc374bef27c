import { existsSync, renameSync, rmSync } from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { packageVersion } from "./package-version.ts";
import { officialWish, rememberedRefusal, rememberRefusal } from "./refusals.ts";
import type { Settings } from "./settings.ts";

const installMilliseconds = 10 * 60_000;

/** An official Pulumi CLI, and how it was come by. */
export interface OfficialCli {
  readonly path: string;
  /** Without a leading `v`. */
  readonly version: string;
  readonly why: string;
}

/**
 * Finds the official CLI on the PATH; else has the one of the SDK's version installed below the home folder.
 *
 * @returns the CLI, or why there is none
 */
export async function officialCli(settings: Settings): Promise<OfficialCli | string> {
  if (officialWish(settings) === "never") return "KEELSON_OFFICIAL=never wishes it";
  const found = onPath(settings);
  if (found !== undefined) return describe(found, `found on the PATH, in ${path.dirname(found)}`, settings);
  const root = path.join(settings.home, "official", packageVersion("@pulumi/pulumi", settings.project) ?? "");
  if (!existsSync(root)) {
    const refusal = rememberedRefusal("cli", settings) ?? (await install(root, settings));
    if (refusal !== undefined) return refusal;
  }
  return describe(path.join(root, "bin", "pulumi"), "installed from Pulumi's download site", settings);
}

function onPath({ environment, home }: Settings): string | undefined {
  return (
    (environment.PATH ?? "")
      .split(path.delimiter)
      // The embedded engine is on the PATH of all that runs below a keelson command.
      .filter((folder) => folder !== "" && !folder.startsWith(path.join(home, "engine")))
      .map((folder) => path.join(folder, "pulumi"))
      .find((file) => existsSync(file))
  );
}

async function describe(file: string, why: string, { environment }: Settings): Promise<OfficialCli> {
  const { stdout, failed } = await execa(file, ["version"], {
    env: { ...environment, PULUMI_SKIP_UPDATE_CHECK: "true" },
    extendEnv: false,
    reject: false,
  });
  const version = /^v(3\.\S+)/.exec(stdout)?.[1];
  if (failed || version === undefined) {
    throw new Error(
      `${file} is not a Pulumi CLI of version 3: "pulumi version" says "${stdout}"; ` +
        "update it (https://www.pulumi.com/docs/install), or set KEELSON_OFFICIAL=never to do without",
    );
  }
  return { path: file, version, why };
}

/** @returns why it could not be installed, if so */
async function install(root: string, settings: Settings): Promise<string | undefined> {
  settings.progress("asking for the official Pulumi CLI");
  const script = new URL(`./install-official-cli${path.extname(import.meta.filename)}`, import.meta.url);
  const unfinished = `${root}.unfinished`;
  const { failed, timedOut, stderr } = await execa(process.execPath, [fileURLToPath(script), unfinished], {
    env: settings.environment,
    extendEnv: false,
    reject: false,
    timeout: installMilliseconds,
  });
  if (!failed) {
    renameSync(unfinished, root);
    return undefined;
  }
  rmSync(unfinished, { recursive: true, force: true });
  const why = timedOut ? "the download took too long" : stderr.trim().split("\n").at(-1);
  return rememberRefusal("cli", `the official one could not be had: ${why}`, settings);
}
