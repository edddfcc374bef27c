import * as http from "node:http";
import * as https from "node:https";
import Docker, { type DockerOptions } from "dockerode";
import { asking } from "./errors.ts";
import { credentials, type Credentials } from "./registry.ts";
import { targetOf, type Certificates, type DockerSettings, type Target } from "./settings.ts";
import { SshAgent } from "./ssh.ts";
import { atLeast } from "./version.ts";

/** The newest Engine API that the official plugin's client speaks; an older daemon is spoken to in its own. */
const newestApiVersion = "1.51";

/** A Docker daemon that answered. */
export interface Daemon {
  readonly engine: Docker;
  /** Of the Engine API, such as `1.41`. */
  readonly apiVersion: string;
  readonly credentials: Credentials;
}

/**
 * The Docker host of a provider. It is reached when the first operation needs it, as a preview of new resources needs none,
 * and tried anew by the next operation if it could not be reached.
 */
export class DockerHost {
  readonly #settings: DockerSettings;
  #daemon: Promise<Daemon> | undefined;

  constructor(settings: DockerSettings) {
    this.#settings = settings;
  }

  connect(): Promise<Daemon> {
    this.#daemon ??= connect(this.#settings).catch((error: unknown) => {
      this.#daemon = undefined;
      throw error;
    });
    return this.#daemon;
  }
}

async function connect(settings: DockerSettings): Promise<Daemon> {
  const target = await targetOf(settings);
  const { ApiVersion } = await asking(
    `failed to create Docker client: Error pinging Docker server, please make sure that ${target.host} is reachable and has a '_ping' endpoint. Error`,
    client(target).version(),
  );
  const apiVersion = atLeast(ApiVersion, newestApiVersion) ? newestApiVersion : ApiVersion;
  return {
    engine: client(target, `v${apiVersion}`),
    apiVersion,
    credentials: await credentials(settings.registryAuth ?? []),
  };
}

/** Options of the client; its type definition lacks the agent. */
type ClientOptions = DockerOptions & { readonly agent?: http.Agent };

/** Said always: the client would take what is left out from DOCKER_HOST and its like, which the settings have precedence over. */
const unset: ClientOptions = {
  host: undefined,
  port: undefined,
  socketPath: undefined,
  ca: undefined,
  cert: undefined,
  key: undefined,
  timeout: undefined,
  protocol: "http",
};

function client(target: Target, version?: string): Docker {
  return new Docker({ ...unset, ...connection(target), version });
}

function connection({ address, certificates, sshOptions }: Target): ClientOptions {
  if (address.kind === "socket") return { socketPath: address.path };
  // The name in the URL is not looked up: the agent's connections lead to the daemon by themselves.
  if (address.kind === "ssh") return { host: "docker", agent: new SshAgent(address, sshOptions) };
  const { host, port } = address;
  if (!address.secure && !certificates)
    return { host, port, protocol: "http", agent: new http.Agent({ keepAlive: true }) };
  return { host, port, protocol: "https", agent: tlsAgent(certificates) };
}

function tlsAgent(certificates: Certificates | undefined): https.Agent {
  const unchecked = certificates !== undefined && certificates.ca === undefined;
  return new https.Agent({ keepAlive: true, ...certificates, rejectUnauthorized: !unchecked });
}
