import * as pulumi from "@pulumi/pulumi";
import { images } from "../images.ts";
import type { Reference } from "../model/reference.ts";
import type { Target } from "../model/target.ts";
import { FILES, type Resources, type Workload } from "../model/workload.ts";
import { type Authority, certificate, type Certificate } from "../secrets/certificate.ts";
import { password } from "../secrets/password.ts";
import {
  type Administration,
  type Database,
  type DatabaseServer,
  makeDatabase,
  POSTGRES_USER,
} from "./database.ts";

/** Arguments of {@link Postgres}. */
export interface PostgresArgs {
  readonly target: Target;
  /** @defaultValue the catalogue's */
  readonly image?: string;
  /** @defaultValue {@link POSTGRES_RESOURCES} */
  readonly resources?: Resources;
  /**
   * Room for data, in GiB; raised later at will, never lowered.
   *
   * @defaultValue 10
   */
  readonly storageGiB?: number;
  /**
   * Who signs the server's certificate. With it, every connection over the network is encrypted, and clients can check
   * that they talk to this server.
   *
   * @defaultValue none: connections are not encrypted
   */
  readonly authority?: Authority;
}

/** Enough for a few hundred connections' worth of small queries on a small host. */
export const POSTGRES_RESOURCES: Resources = {
  cpuRequest: 0.25,
  cpuLimit: 1,
  memoryRequestMiB: 1024,
  memoryLimitMiB: 1024,
};

/** A PostgreSQL server in one copy. Its clients each get a database of their own. */
export class Postgres extends pulumi.ComponentResource implements DatabaseServer {
  readonly #name: string;
  readonly #administration: Administration;

  constructor(name: string, args: PostgresArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:Postgres", name, {}, opts);
    const { target, image = images.postgres, resources = POSTGRES_RESOURCES, storageGiB = 10 } = args;
    const { authority } = args;
    const admin = password(`${name}-admin`, this);
    const signed = authority && certificate(name, { authority, hosts: [name, "localhost"] }, this);
    const settings = { image, resources, storageGiB, admin, signed };
    this.#name = name;
    this.#administration = {
      target,
      image,
      server: target.run(name, () => postgresRecipe(settings), { parent: this }),
      user: "postgres",
      password: admin,
      database: "postgres",
      ...(authority && { authority: authority.certificate }),
    };
    this.registerOutputs({});
  }

  database(name: string): Database {
    return makeDatabase(name, this.#name, this.#administration, this);
  }

  /** A database for whoever watches the server: its role may read all statistics, and nothing of what others keep. */
  monitoring(): Database {
    return makeDatabase("monitoring", this.#name, this.#administration, this, ["pg_monitor"]);
  }
}

/** Sizes that follow from the server's memory, as PostgreSQL's own documentation and the image's advise. */
export function postgresParameters({ memoryLimitMiB }: Resources): Readonly<Record<string, string>> {
  return {
    shared_buffers: `${Math.floor(memoryLimitMiB * 0.25)}MB`,
    effective_cache_size: `${Math.floor(memoryLimitMiB * 0.6)}MB`,
    max_connections: "300",
    random_page_cost: "1.1",
    wal_compression: "on",
  };
}

interface ServerSettings {
  readonly image: string;
  readonly resources: Resources;
  readonly storageGiB: number;
  readonly admin: Reference;
  readonly signed: Certificate | undefined;
}

/** The server as a workload. */
export function postgresRecipe({ image, resources, storageGiB, admin, signed }: ServerSettings): Workload {
  const settings = {
    ...postgresParameters(resources),
    ...(signed && { ssl: "on", ssl_cert_file: `${FILES}/server.crt`, ssl_key_file: "/tmp/server.key" }),
  };
  const options = Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]);
  const start = ["docker-entrypoint.sh", "postgres", ...options];
  return {
    image,
    // The server refuses a key that others may read, and files belong to root.
    command: signed
      ? ["sh", "-c", `umask 077; cp ${FILES}/server.key /tmp/; exec "$@"`, "--", ...start]
      : start,
    env: {
      POSTGRES_PASSWORD_FILE: `${FILES}/admin-password`,
      POSTGRES_INITDB_ARGS: "--auth-host=scram-sha-256 --auth-local=scram-sha-256 --data-checksums",
    },
    files: {
      "admin-password": admin,
      ...(signed && { "server.crt": signed.certificate, "server.key": signed.key }),
    },
    ports: { sql: { number: 5432 } },
    // The parent of the data folder, which carries the version in its name since 18.
    volumes: { data: { path: "/var/lib/postgresql", sizeGiB: storageGiB } },
    scratch: ["/tmp", "/run/postgresql"],
    probes: {
      // Over TCP on purpose: while it initialises, the server listens on its socket only.
      readiness: {
        check: { kind: "exec", command: ["pg_isready", "-q", "-h", "127.0.0.1", "-U", "postgres"] },
      },
      // A server that recovers refuses connections (1) but is alive; only silence (2) tells that it is not.
      liveness: {
        check: { kind: "exec", command: ["sh", "-c", "pg_isready -q -h 127.0.0.1; [ $? -ne 2 ]"] },
        failures: 6,
      },
      startupSeconds: 180,
    },
    resources,
    user: POSTGRES_USER,
    sharedMemoryMiB: 256,
    stopSeconds: 120,
    // Ends sessions at once and then shuts down in order; the image's own choice.
    stopSignal: "SIGINT",
  };
}
