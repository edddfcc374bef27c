import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { userPulumiHome } from "./plugins.ts";
import type { Settings } from "./settings.ts";
import type { Engine } from "./types.ts";
import { unfinished } from "./unfinished.ts";

type Place = Pick<Settings, "environment" | "home">;

/**
 * Where stacks are kept, and with what their secrets are encrypted: as the user chose (PULUMI_BACKEND_URL, or a login of the official CLI; a
 * passphrase in a variable or a file), else in files below the home folder, with a passphrase that is generated once.
 */
export function backendVariables(engine: Engine, place: Place): Record<string, string> {
  const { environment, home } = place;
  const chosen = environment.PULUMI_BACKEND_URL;
  if (chosen) return chosen.startsWith("file:") ? passphraseVariables(place) : {};
  if (engine.used.kind === "official" && isLoggedIn(environment)) return {};
  const state = path.join(home, "state");
  mkdirSync(state, { recursive: true });
  return { PULUMI_BACKEND_URL: pathToFileURL(state).href, ...passphraseVariables(place) };
}

const credentials = z.object({ current: z.string().optional() });

/** Whether `pulumi login` was done, or an access token stands in for it. */
function isLoggedIn(environment: Place["environment"]): boolean {
  if (environment.PULUMI_ACCESS_TOKEN) return true;
  const folder = environment.PULUMI_CREDENTIALS_PATH ?? userPulumiHome(environment);
  const file = path.join(folder, "credentials.json");
  return existsSync(file) && Boolean(credentials.parse(JSON.parse(readFileSync(file, "utf8"))).current);
}

function passphraseVariables({ environment, home }: Place): Record<string, string> {
  // An empty passphrase is one.
  if (environment.PULUMI_CONFIG_PASSPHRASE !== undefined || environment.PULUMI_CONFIG_PASSPHRASE_FILE)
    return {};
  return { PULUMI_CONFIG_PASSPHRASE_FILE: passphraseFile(home) };
}

/** @throws Error when stacks exist whose passphrase is gone: another one would not decrypt their secrets */
function passphraseFile(home: string): string {
  const file = path.join(home, "passphrase");
  if (existsSync(file)) return file;
  const stacks = path.join(home, "state", ".pulumi", "stacks");
  if (existsSync(stacks) && readdirSync(stacks).length > 0) {
    throw new Error(
      `the passphrase of the stacks in ${path.join(home, "state")} is missing: put it back into ${file}, or set PULUMI_CONFIG_PASSPHRASE`,
    );
  }
  mkdirSync(home, { recursive: true });
  // Of several that start at the same moment one makes the passphrase, whole, and all use it.
  const own = unfinished(file);
  writeFileSync(own, randomBytes(32).toString("base64url"), { mode: 0o600 });
  try {
    linkSync(own, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(own);
  }
  return file;
}
