import * as pulumi from "@pulumi/pulumi";
import { type Endpoint, ref, Reference } from "../model/reference.ts";
import type { Target } from "../model/target.ts";
import { FILES, type JobWorkload } from "../model/workload.ts";
import { password } from "../secrets/password.ts";

/** A PostgreSQL server, whoever runs it. */
export interface DatabaseServer {
  /**
   * A database of one client's own.
   *
   * @param name - of the database and of its owner: small letters, digits and underscores
   * @throws ResourceError if the name can't be one, or the server has no way to such a database
   */
  database(name: string): Database;
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
  /** Connection URL with the scheme by which a client library is chosen, such as `postgresql+asyncpg`. */
  readonly urlFor: (scheme: string) => Reference;
  /** Certificate of the authority that vouches for the server, in PEM; without one, clients can't check whom they talk to. */
  readonly authority?: Reference;
}

/** How databases are made on a server: by whom, from where, with which client. */
export interface Administration {
  readonly target: Target;
  /** Image that has `psql`. */
  readonly image: string;
  /** The server, with a port `sql`. */
  readonly server: Endpoint;
  readonly user: string;
  readonly password: Reference;
  /** Database that the administrator connects to. */
  readonly database: string;
  readonly authority?: Reference;
}

/** The official image's user `postgres`. */
export const POSTGRES_USER = { uid: 999, gid: 999 };

/**
 * Makes a database and its owner, by a job on the healthy server.
 *
 * @param server - name of the service, which begins the names of what is made
 * @param roles - roles of the server's own that the owner has too, such as `pg_monitor`
 * @throws ResourceError if the name can't be one
 */
export function makeDatabase(
  name: string,
  server: string,
  administration: Administration,
  parent: pulumi.Resource,
  roles: readonly string[] = [],
): Database {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(name)) {
    const advice = "use small letters, digits and underscores, starting with a letter, 63 at most";
    throw new pulumi.ResourceError(`"${name}" is no name of a database; ${advice}`, parent, true);
  }
  const secret = password(`${server}-${name}`, parent);
  const job = creation(name, secret, administration, roles);
  // Names of jobs are host names on some targets, which have no underscores.
  const jobName = `${server}-${name.replaceAll("_", "-")}-database`;
  const { done } = administration.target.complete(jobName, job, { parent });
  const made: Endpoint = { ...administration.server, ready: [done] };
  // What is generated needs no quoting.
  const userinfo = ref`${name}:${secret}`;
  return describe(made, {
    name,
    user: name,
    password: secret,
    userinfo,
    authority: administration.authority,
  });
}

interface Credentials {
  readonly name: string;
  readonly user: string;
  readonly password: Reference;
  /** User and password as they stand in a URL. */
  readonly userinfo: Reference;
  readonly authority: Reference | undefined;
}

/** A database as its client is told of it. */
export function describe(server: Endpoint, credentials: Credentials): Database {
  const { name, user, password: secret, userinfo, authority } = credentials;
  const address = Reference.to(server, "sql");
  const urlFor = (scheme: string) => ref`${scheme}://${userinfo}@${address}/${encodeURIComponent(name)}`;
  return {
    url: urlFor("postgresql"),
    urlFor,
    address,
    host: Reference.host(server, "sql"),
    port: Reference.port(server, "sql"),
    name: Reference.plain(name),
    user: Reference.plain(user),
    password: secret,
    ...(authority && { authority }),
  };
}

/** Makes a role and its database where they are missing, and sets the password; safe to repeat. */
function creation(
  name: string,
  secret: Reference,
  administration: Administration,
  roles: readonly string[],
): JobWorkload {
  const { image, server, user, password: admin, database, authority } = administration;
  return {
    image,
    command: ["psql", "--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--file", `${FILES}/create.sql`],
    env: {
      PGHOST: Reference.host(server, "sql"),
      PGPORT: Reference.port(server, "sql"),
      PGUSER: user,
      PGDATABASE: database,
      PGPASSWORD: admin,
      ...(authority && { PGSSLMODE: "verify-full", PGSSLROOTCERT: `${FILES}/authority.pem` }),
    },
    files: {
      // An administrator who may not do everything has to be a member of the role before a database can be given to it.
      "create.sql": ref`
select 'create role ${name} login' where not exists (select from pg_roles where rolname = '${name}') \\gexec
alter role ${name} password '${secret}';
select 'grant ${name} to current_user' where not (select rolsuper from pg_roles where rolname = current_user) \\gexec
select 'create database ${name} owner ${name}' where not exists (select from pg_database where datname = '${name}') \\gexec
revoke all on database ${name} from public;
${roles.map((role) => `grant ${role} to ${name};\n`).join("")}`,
      ...(authority && { "authority.pem": authority }),
    },
    scratch: ["/tmp"],
    resources: { cpuRequest: 0.05, cpuLimit: 0.5, memoryRequestMiB: 32, memoryLimitMiB: 128 },
    user: POSTGRES_USER,
    deadlineSeconds: 60,
  };
}
