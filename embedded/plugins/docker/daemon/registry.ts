import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import * as path from "node:path";
import { z } from "zod";
import { splitOnce } from "../given.ts";

/** One entry of the provider's `registryAuth`. */
export interface RegistryAuth {
  readonly address: string;
  readonly username?: string;
  readonly password?: string;
  /** Docker's configuration file, default `~/.docker/config.json`. */
  readonly configFile?: string;
  readonly configFileContent?: string;
  /** The registry takes anybody. */
  readonly authDisabled?: boolean;
}

export interface Login {
  readonly username: string;
  readonly password: string;
  readonly serveraddress: string;
}

/** Logins by the host name of the registry. */
export type Credentials = ReadonlyMap<string, Login>;

const configFile = z.object({
  auths: z.record(z.string(), z.object({ auth: z.string().optional() })).optional(),
});

export async function credentials(
  entries: readonly RegistryAuth[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Credentials> {
  const logins = await Promise.all(
    entries.map(async (entry): Promise<[string, Login]> => {
      const { username, password } = await login(entry, environment);
      const serveraddress = `${entry.address.startsWith("http://") ? "http" : "https"}://${hostname(entry.address)}`;
      return [hostname(entry.address), { username, password, serveraddress }];
    }),
  );
  return new Map(logins);
}

/** The login for the registry that an image comes from; Docker Hub where its name has no registry. */
export function loginFor(image: string, known: Credentials): Login | undefined {
  const registry = registryOf(image);
  if (registry) return known.get(registry);
  return [...known].find(([host]) => isDockerHub(host))?.[1];
}

/** The first part of an image's name is a registry if it has a dot or a port, or is localhost. */
function registryOf(image: string): string | undefined {
  const [first, rest] = splitOnce(image, "/");
  return rest && (/[.:]/.test(first) || first === "localhost") && !isDockerHub(first) ? first : undefined;
}

function isDockerHub(host: string): boolean {
  return /(^|\.)docker\.(io|com)$/.test(host);
}

async function login(
  entry: RegistryAuth,
  environment: NodeJS.ProcessEnv,
): Promise<Pick<Login, "username" | "password">> {
  // The daemon asks for a login in any case; a registry without logins takes any.
  if (entry.authDisabled) return { username: "username", password: "password" };
  const username = entry.username ?? environment["DOCKER_REGISTRY_USER"];
  if (username) return { username, password: entry.password ?? environment["DOCKER_REGISTRY_PASS"] ?? "" };
  const content = entry.configFileContent || (await readConfigFile(entry.configFile, environment));
  return loginInConfigFile(content, hostname(entry.address));
}

async function readConfigFile(file: string | undefined, environment: NodeJS.ProcessEnv): Promise<string> {
  const folder = environment["DOCKER_CONFIG"] ?? path.join(homedir(), ".docker");
  const name = file?.replace(/^~(?=\/)/, homedir()) ?? path.join(folder, "config.json");
  try {
    return await readFile(name, "utf8");
  } catch (error) {
    throw new Error(
      `Error loading registry auth config: could not open config file ${name}: give username and password, or name a file that can be read`,
      { cause: error },
    );
  }
}

/** @throws if the file has no login for the registry; the message does not repeat the file's content */
function loginInConfigFile(content: string, registry: string): Pick<Login, "username" | "password"> {
  const { auths = {} } = configFile.parse(JSON.parse(content));
  const found = Object.entries(auths).find(
    ([address]) =>
      hostname(address) === registry || (isDockerHub(registry) && isDockerHub(hostname(address))),
  );
  const auth = found?.[1].auth;
  if (!auth)
    throw new Error(
      `Error loading registry auth config: no login for registry ${registry} in Docker's configuration file: run \`docker login ${registry}\` without a credential helper, or give username and password`,
    );
  const [username, password] = splitOnce(Buffer.from(auth, "base64").toString("utf8"), ":");
  return { username, password };
}

function hostname(address: string): string {
  return address.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
}
