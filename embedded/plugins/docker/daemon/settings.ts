import { readFile } from "node:fs/promises";
import * as path from "node:path";
import { defaultHost, parseHost, type Address } from "./address.ts";
import { hostOfContext } from "./context.ts";
import type { RegistryAuth } from "./registry.ts";

/** What the provider resource takes; each falls back to the environment variable that the official plugin names. */
export interface DockerSettings {
  readonly host?: string;
  /** Name of a Docker context; has precedence over `host`. */
  readonly context?: string;
  readonly sshOpts?: readonly string[];
  readonly caMaterial?: string;
  readonly certMaterial?: string;
  readonly keyMaterial?: string;
  /** Folder with ca.pem, cert.pem and key.pem. */
  readonly certPath?: string;
  readonly registryAuth?: readonly RegistryAuth[];
}

export interface Certificates {
  /** Without one the daemon's certificate is not checked. */
  readonly ca?: string;
  readonly cert: string;
  readonly key: string;
}

/** Where the daemon is and how to reach it. */
export interface Target {
  /** As the user wrote it, for messages. */
  readonly host: string;
  readonly address: Address;
  readonly sshOptions: readonly string[];
  readonly certificates: Certificates | undefined;
}

export async function targetOf(
  settings: DockerSettings,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Target> {
  const context = settings.context || environment["DOCKER_CONTEXT"];
  const host = context
    ? await hostOfContext(context)
    : settings.host || environment["DOCKER_HOST"] || defaultHost;
  return {
    host,
    address: parseHost(host),
    sshOptions: settings.sshOpts ?? environment["DOCKER_SSH_OPTS"]?.split(/\s+/).filter(Boolean) ?? [],
    certificates: await certificatesOf(settings, environment),
  };
}

async function certificatesOf(
  settings: DockerSettings,
  environment: NodeJS.ProcessEnv,
): Promise<Certificates | undefined> {
  const ca = settings.caMaterial || environment["DOCKER_CA_MATERIAL"];
  const cert = settings.certMaterial || environment["DOCKER_CERT_MATERIAL"];
  const key = settings.keyMaterial || environment["DOCKER_KEY_MATERIAL"];
  const folder = settings.certPath || environment["DOCKER_CERT_PATH"];
  if (cert || key) {
    if (!cert || !key) throw new Error("cert_material, and key_material must be specified");
    if (folder) throw new Error("cert_path must not be specified");
    return { cert, key, ...(ca && { ca }) };
  }
  if (!folder) return undefined;
  const [caFile, certFile, keyFile] = await Promise.all(
    ["ca.pem", "cert.pem", "key.pem"].map((name) => readFile(path.join(folder, name), "utf8")),
  );
  return { ca: caFile ?? "", cert: certFile ?? "", key: keyFile ?? "" };
}
