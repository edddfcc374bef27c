import * as pulumi from "@pulumi/pulumi";
import { images } from "../images.ts";
import { type Endpoint, Reference } from "../model/reference.ts";
import type { Target } from "../model/target.ts";
import {
  type Administration,
  type Database,
  type DatabaseServer,
  describe,
  makeDatabase,
} from "./database.ts";
import { userinfo } from "./external-address.ts";

/** Arguments of {@link ExternalPostgres}. Each database is given, or made by the administrator. */
export interface ExternalPostgresArgs {
  /** Where the jobs run that make databases. */
  readonly target: Target;
  /** Host name or address of the server. */
  readonly host: string;
  /** @defaultValue 5432 */
  readonly port?: number;
  /**
   * Who may make roles and databases there.
   *
   * @defaultValue nobody: every database is given
   */
  readonly admin?: PostgresAdministrator;
  /**
   * Databases that are there, by the name that a client asks for.
   *
   * @defaultValue none: every database is made
   */
  readonly databases?: Readonly<Record<string, GivenDatabase>>;
  /**
   * Certificate of the authority that vouches for the server, in PEM, as its operator publishes it.
   *
   * @defaultValue none: clients can't check whom they talk to
   */
  readonly authority?: pulumi.Input<string>;
  /**
   * Image that has `psql`.
   *
   * @defaultValue the catalogue's PostgreSQL
   */
  readonly image?: string;
}

/** Someone who may make roles and databases; not everything has to be allowed. */
export interface PostgresAdministrator {
  readonly user: string;
  readonly password: pulumi.Input<string>;
  /**
   * Database to connect to.
   *
   * @defaultValue "postgres"
   */
  readonly database?: string;
}

/** A database that somebody else made, and a role that may do everything in it. */
export interface GivenDatabase {
  readonly user: string;
  readonly password: pulumi.Input<string>;
  /**
   * Its name on the server.
   *
   * @defaultValue the name that the client asks for
   */
  readonly database?: string;
}

/** A PostgreSQL server that somebody else runs; its clients may leave the private networks towards it, and nowhere else. */
export class ExternalPostgres extends pulumi.ComponentResource implements DatabaseServer {
  readonly #name: string;
  readonly #given: Readonly<Record<string, GivenDatabase>>;
  readonly #server: Endpoint;
  readonly #authority: Reference | undefined;
  readonly #administration: Administration | undefined;

  constructor(name: string, args: ExternalPostgresArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:ExternalPostgres", name, {}, opts);
    const { target, host, port = 5432, admin, databases = {}, authority, image = images.postgres } = args;
    this.#name = name;
    this.#given = databases;
    this.#server = { host, ports: { sql: { number: port } }, ready: [], outside: true };
    this.#authority = authority === undefined ? undefined : Reference.plain(authority);
    this.#administration = admin && {
      target,
      image,
      server: this.#server,
      user: admin.user,
      password: Reference.hidden(admin.password),
      database: admin.database ?? "postgres",
      ...(this.#authority && { authority: this.#authority }),
    };
    this.registerOutputs({});
  }

  database(name: string): Database {
    const given = this.#given[name];
    if (given) return this.#describe(name, given);
    if (this.#administration) return makeDatabase(name, this.#name, this.#administration, this);
    const known = Object.keys(this.#given).join(", ") || "none";
    throw new pulumi.ResourceError(
      `no database "${name}" is given of "${this.#name}", and no administrator who could make it; given are: ${known}`,
      this,
      true,
    );
  }

  #describe(name: string, { user, password, database = name }: GivenDatabase): Database {
    const secret = Reference.hidden(password);
    return describe(this.#server, {
      name: database,
      user,
      password: secret,
      userinfo: userinfo(user, password),
      authority: this.#authority,
    });
  }
}
