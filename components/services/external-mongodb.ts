import * as pulumi from "@pulumi/pulumi";
import { ref, Reference } from "../model/reference.ts";
import type { DocumentDatabase, DocumentServer } from "./document-database.ts";
import { externalAddress, userinfo } from "./external-address.ts";

/** Arguments of {@link externalMongodb}. */
export interface ExternalMongodbArgs {
  /**
   * Its address with all options of its connections: `mongodb+srv://cluster.example.net/?retryWrites=true`, which is
   * encrypted, or `mongodb://db.example.com:27017/?tls=true`. Users, passwords and databases don't stand in it.
   */
  readonly url: string;
  /** Databases that are there, by the name that a client asks for. */
  readonly databases: Readonly<Record<string, GivenDocumentDatabase>>;
}

/** A database that somebody else made, and a user who may do everything in it. */
export interface GivenDocumentDatabase {
  readonly user: string;
  readonly password: pulumi.Input<string>;
  /**
   * Its name on the server.
   *
   * @defaultValue the name that the client asks for
   */
  readonly database?: string;
  /**
   * Database that the user was made in.
   *
   * @defaultValue "admin"
   */
  readonly authSource?: string;
}

/** A name that is looked up stands for servers that listen where MongoDB does. */
const SCHEMES = { "mongodb:": 27017, "mongodb+srv:": 27017 };

/**
 * A MongoDB server that somebody else runs; its clients may leave the private networks towards it.
 *
 * @throws InputPropertiesError if the URL is none of MongoDB's, or names a user, a password or a database
 */
export function externalMongodb({ url, databases }: ExternalMongodbArgs): DocumentServer {
  const { protocol, user, path, endpoint } = externalAddress(url, SCHEMES);
  if (user || path)
    throw refused(
      "url",
      `the URL of "${endpoint.host}" names a user or a database; give them under databases`,
    );
  const options = new URL(url).searchParams;
  const host = Reference.host(endpoint, "server");
  const address = Reference.to(endpoint, "server");
  // Names that are looked up have no port.
  const server = protocol === "mongodb+srv:" ? host : address;
  return {
    database(name): DocumentDatabase {
      const given = databases[name];
      if (!given) {
        const known = Object.keys(databases).join(", ") || "none";
        throw refused(
          "databases",
          `no database "${name}" is given of "${endpoint.host}"; given are: ${known}`,
        );
      }
      const { database = name, authSource = "admin" } = given;
      const query = new URLSearchParams(options);
      query.set("authSource", authSource);
      const credentials = userinfo(given.user, given.password);
      return {
        url: ref`${protocol}//${credentials}@${server}/${encodeURIComponent(database)}?${query.toString()}`,
        address,
        host,
        port: Reference.port(endpoint, "server"),
        name: Reference.plain(database),
        user: Reference.plain(given.user),
        password: Reference.hidden(given.password),
      };
    },
  };
}

function refused(propertyPath: string, reason: string): pulumi.InputPropertiesError {
  return new pulumi.InputPropertiesError({ message: reason, errors: [{ propertyPath, reason }] });
}
