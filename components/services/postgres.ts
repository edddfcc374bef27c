import * as pulumi from "@pulumi/pulumi";
import { images } from "../images.ts";
import { type Endpoint, ref, Reference } from "../model/reference.ts";
import type { Target } from "../model/target.ts";
import { FILES, type JobWorkload, type Resources, type Workload } from "../model/workload.ts";
import { type Authority, certificate, type Certificate } from "../secrets/certificate.ts";
import { password } from "../secrets/password.ts";

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

/** A database and a role that owns it and nothing else. Every reference leads to the server, once the database exists. */
export interface Database {
  /** Connection URL of libpq's kind, with user and password. */
  readonly url: Reference;
  /** Server and port, as `host:port`. */
  readonly address: Reference;
  readonly host: Reference;
  readonly port: Reference;
  readonly name: Reference;
  readonly user: Reference;
  readonly password: Reference;
}

/** Enough for a few hundred connections' worth of small queries on a small host. */
export const POSTGRES_RESOURCES: Resources = {
  cpuRequest: 0.25,
  cpuLimit: 1,
  memoryRequestMiB: 1024,
  memoryLimitMiB: 1024,
};

/** A PostgreSQL server. Its clients each get a database of their own: see {@link Postgres.database}. */
export class Postgres extends pulumi.ComponentResource {
  readonly #target: Target;
  readonly #image: string;
  readonly #admin: Reference;
  readonly #endpoint: Endpoint;

  constructor(name: string, args: PostgresArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:Postgres", name, {}, opts);
    const {
      target,
      image = images.postgres,
      resources = POSTGRES_RESOURCES,
      storageGiB = 10,
      authority,
    } = args;
    this.#target = target;
    this.#image = image;
    this.#admin = password(`${name}-admin`, this);
    const signed = authority && certificate(name, { authority, hosts: [name, "localhost"] }, this);
    const settings = { image, resources, storageGiB, admin: this.#admin, signed };
    this.#endpoint = target.run(name, () => postgresRecipe(settings), { parent: this });
    this.registerOutputs({});
  }

  /**
   * Makes a database and its owner, by a job on the healthy server.
   *
   * @param name Name of both: small letters, digits and underscores
   */
  database(name: string): Database {
    if (!/^[a-z][a-z0-9_]{0,62}$/.test(name)) {
      const advice = "use small letters, digits and underscores, starting with a letter, 63 at most";
      throw new pulumi.ResourceError(`"${name}" is no name of a database; ${advice}`, this, true);
    }
    const secret = password(`${this.#endpoint.host}-${name}`, this);
    const job = creation(name, { image: this.#image, admin: this.#admin, secret, server: this.#endpoint });
    const { done } = this.#target.complete(`${this.#endpoint.host}-${name}-database`, job, { parent: this });
    const made: Endpoint = { ...this.#endpoint, ready: [done] };
    const address = Reference.to(made, "sql");
    return {
      url: ref`postgresql://${name}:${secret}@${address}/${name}`,
      address,
      host: Reference.host(made, "sql"),
      port: Reference.port(made, "sql"),
      name: Reference.plain(name),
      user: Reference.plain(name),
      password: secret,
    };
  }
}

/** The official image's user `postgres`. */
const USER = { uid: 999, gid: 999 };

interface ServerSettings {
  readonly image: string;
  readonly resources: Resources;
  readonly storageGiB: number;
  readonly admin: Reference;
  readonly signed: Certificate | undefined;
}

/** The server: sizes follow from its memory, as PostgreSQL's own documentation and the image's advise. */
export function postgresRecipe({ image, resources, storageGiB, admin, signed }: ServerSettings): Workload {
  const { memoryLimitMiB } = resources;
  const settings = {
    shared_buffers: `${Math.floor(memoryLimitMiB * 0.25)}MB`,
    effective_cache_size: `${Math.floor(memoryLimitMiB * 0.6)}MB`,
    max_connections: 300,
    random_page_cost: 1.1,
    wal_compression: "on",
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
    user: USER,
    sharedMemoryMiB: 256,
    stopSeconds: 120,
    // Ends sessions at once and then shuts down in order; the image's own choice.
    stopSignal: "SIGINT",
  };
}

interface CreationSettings {
  readonly image: string;
  readonly admin: Reference;
  readonly secret: Reference;
  readonly server: Endpoint;
}

/** Makes a role and its database where they are missing, and sets the password; safe to repeat. */
function creation(name: string, { image, admin, secret, server }: CreationSettings): JobWorkload {
  return {
    image,
    command: ["psql", "--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--file", `${FILES}/create.sql`],
    env: {
      PGHOST: Reference.host(server, "sql"),
      PGPORT: Reference.port(server, "sql"),
      PGUSER: "postgres",
      PGDATABASE: "postgres",
      PGPASSWORD: admin,
    },
    files: {
      "create.sql": ref`
select 'create role ${name} login' where not exists (select from pg_roles where rolname = '${name}') \\gexec
alter role ${name} password '${secret}';
select 'create database ${name} owner ${name}' where not exists (select from pg_database where datname = '${name}') \\gexec
revoke all on database ${name} from public;
`,
    },
    scratch: ["/tmp"],
    resources: { cpuRequest: 0.05, cpuLimit: 0.5, memoryRequestMiB: 32, memoryLimitMiB: 128 },
    user: USER,
    deadlineSeconds: 60,
  };
}
