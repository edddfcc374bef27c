import * as pulumi from "@pulumi/pulumi";
import { type Endpoint, ref, Reference } from "../model/reference.ts";
import type { Target } from "../model/target.ts";
import { FILES, type JobWorkload } from "../model/workload.ts";
import { password } from "../secrets/password.ts";

/** A MongoDB server, whoever runs it. */
export interface DocumentServer {
  /**
   * A database of one client's own.
   *
   * @param name - of the database and of its user: small letters, digits and underscores
   * @throws ResourceError or InputPropertiesError if the name can't be one, or the server has no way to such a database
   */
  database(name: string): DocumentDatabase;
}

/** A database and a user who may do everything in it and nothing elsewhere. Every reference leads to the server, once both exist. */
export interface DocumentDatabase {
  /** Connection string, with user and password. */
  readonly url: Reference;
  /** Server and port, as `host:port`. */
  readonly address: Reference;
  readonly host: Reference;
  readonly port: Reference;
  readonly name: Reference;
  readonly user: Reference;
  readonly password: Reference;
}

/** How databases are made on a server: with which client, and as whom. */
export interface DocumentAdministration {
  readonly target: Target;
  /** Image that has `mongosh`. */
  readonly image: string;
  /** The server, with a port `mongodb`. */
  readonly server: Endpoint;
  /** Name of a user of the database `admin`, which needs no quoting. */
  readonly user: string;
  /** Needs no quoting. */
  readonly password: Reference;
}

/** A role of the server's own: one of the user's database, or of another. */
export type DocumentRole = string | { readonly role: string; readonly db: string };

/** The official image's user `mongodb`. */
export const MONGODB_USER = { uid: 999, gid: 999 };

/**
 * Makes a user who has a database, by a job on the healthy server. The database itself comes with its first document.
 *
 * @param server - name of the service, which begins the names of what is made
 * @param roles - what the user may do; without a database, it is meant in its own
 * @throws ResourceError if the name can't be one
 */
export function makeDocumentDatabase(
  name: string,
  server: string,
  administration: DocumentAdministration,
  parent: pulumi.Resource,
  roles: readonly DocumentRole[] = ["readWrite", "dbAdmin"],
): DocumentDatabase {
  // The server's own limit is 63 bytes. Its own databases are called so.
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(name) || ["admin", "config", "local"].includes(name)) {
    const advice =
      "use small letters, digits and underscores, starting with a letter, 63 at most, and none of admin, config, local";
    throw new pulumi.ResourceError(`"${name}" is no name of a database; ${advice}`, parent, true);
  }
  const secret = password(`${server}-${name}`, parent);
  const job = creation(name, secret, administration, roles);
  // Names of jobs are host names on some targets, which have no underscores.
  const jobName = `${server}-${name.replaceAll("_", "-")}-database`;
  const { done } = administration.target.complete(jobName, job, { parent });
  const made: Endpoint = { ...administration.server, ready: [done] };
  const address = Reference.to(made, "mongodb");
  return {
    url: ref`mongodb://${name}:${secret}@${address}/${name}?authSource=${name}`,
    address,
    host: Reference.host(made, "mongodb"),
    port: Reference.port(made, "mongodb"),
    name: Reference.plain(name),
    user: Reference.plain(name),
    password: secret,
  };
}

/** Makes a user where it is missing, and sets its password and roles; safe to repeat. */
function creation(
  name: string,
  secret: Reference,
  administration: DocumentAdministration,
  roles: readonly DocumentRole[],
): JobWorkload {
  const { image, server, user, password: admin } = administration;
  return {
    image,
    command: ["mongosh", "--quiet", "--norc", "--nodb", "--file", `${FILES}/create.js`],
    // Where the shell keeps its own log and history.
    env: { HOME: "/tmp" },
    files: {
      // In a file, connection string and all: a command line is seen by all.
      "create.js": ref`
const admin = connect("mongodb://${user}:${admin}@${Reference.to(server, "mongodb")}/admin");
const own = admin.getSiblingDB("${name}");
const user = { pwd: "${secret}", roles: ${writtenRoles(roles)} };
if (own.getUser("${name}")) own.updateUser("${name}", user);
else own.createUser({ user: "${name}", ...user });
`,
    },
    scratch: ["/tmp"],
    resources: { cpuRequest: 0.05, cpuLimit: 1, memoryRequestMiB: 128, memoryLimitMiB: 384 },
    user: MONGODB_USER,
    deadlineSeconds: 120,
  };
}

function writtenRoles(roles: readonly DocumentRole[]): string {
  return `[${roles.map((role) => JSON.stringify(role)).join(", ")}]`;
}
