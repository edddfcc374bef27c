import * as pulumi from "@pulumi/pulumi";
import { images } from "../images.ts";
import type { Target } from "../model/target.ts";
import type { Resources } from "../model/workload.ts";
import { type Authority, certificate } from "../secrets/certificate.ts";
import { password } from "../secrets/password.ts";
import {
  type Administration,
  type Database,
  type DatabaseServer,
  makeDatabase,
  POSTGRES_USER,
} from "./database.ts";
import { POSTGRES_RESOURCES, postgresParameters } from "./postgres.ts";

/** Arguments of {@link ReplicatedPostgres}. */
export interface ReplicatedPostgresArgs {
  readonly target: Target;
  /**
   * How many copies there are, the one that is written to among them.
   *
   * @defaultValue 3
   */
  readonly copies?: number;
  /** @defaultValue the catalogue's */
  readonly image?: string;
  /**
   * Of each copy.
   *
   * @defaultValue {@link POSTGRES_RESOURCES}
   */
  readonly resources?: Resources;
  /**
   * Room for data of each copy, in GiB; raised later at will, never lowered.
   *
   * @defaultValue 10
   */
  readonly storageGiB?: number;
  /**
   * Who signs the server's certificate, so that clients can check that they talk to this server.
   *
   * @defaultValue none: connections are encrypted, and clients can't check to whom
   */
  readonly authority?: Authority;
}

/** Copies of a replicated server: what is written is on two of them at any time that one may be lost. */
export const POSTGRES_COPIES = 3;

/**
 * A PostgreSQL server in several copies, one of which is written to; when it is lost, another takes its place under the
 * same host name. For targets that have something that runs such servers.
 */
export class ReplicatedPostgres extends pulumi.ComponentResource implements DatabaseServer {
  readonly #name: string;
  readonly #administration: Administration;

  constructor(name: string, args: ReplicatedPostgresArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:ReplicatedPostgres", name, {}, opts);
    const { target, image = images.postgres, copies = POSTGRES_COPIES, storageGiB = 10 } = args;
    const { resources = POSTGRES_RESOURCES, authority } = args;
    const admin = password(`${name}-admin`, this);
    const signed = authority && certificate(name, { authority, hosts: [name] }, this);
    const server = target.replicate(
      name,
      {
        program: "postgresql",
        image,
        copies,
        resources,
        storageGiB,
        parameters: postgresParameters(resources),
        user: POSTGRES_USER,
        admin,
        ...(signed && { identity: { ...signed, authority: authority.certificate } }),
      },
      { parent: this },
    );
    this.#name = name;
    this.#administration = {
      target,
      image,
      server,
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

  /** A database for whoever watches the copy that is written to: its role may read all statistics, and nothing of what others keep. */
  monitoring(): Database {
    return makeDatabase("monitoring", this.#name, this.#administration, this, ["pg_monitor"]);
  }
}
