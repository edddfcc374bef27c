import * as pulumi from "@pulumi/pulumi";
import { ref, Reference } from "../model/reference.ts";
import { externalAddress } from "./external-address.ts";
import type { GraphServer } from "./neo4j.ts";

/** Arguments of {@link externalNeo4j}. */
export interface ExternalNeo4jArgs {
  /**
   * Its address: `neo4j+s://….databases.neo4j.io`, which is encrypted, or `neo4j://…:7687`; `bolt+s` and `bolt` keep to the
   * one server that is named. Users and passwords don't stand in it.
   */
  readonly url: string;
  /** @defaultValue "neo4j" */
  readonly user?: string;
  readonly password: pulumi.Input<string>;
}

const SCHEMES = { "neo4j+s:": 7687, "neo4j:": 7687, "bolt+s:": 7687, "bolt:": 7687 };

/**
 * A Neo4j server or cluster that somebody else runs; its clients may leave the private networks towards it. The members of
 * a cluster are named by the cluster itself: on Kubernetes, those that it names by other addresses of IP than the URL's
 * are not reached.
 *
 * @throws InputPropertiesError if the URL is none of Neo4j's, or names a user, a password or a database
 */
export function externalNeo4j({ url, user = "neo4j", password }: ExternalNeo4jArgs): GraphServer {
  const { protocol, user: named, path, endpoint } = externalAddress(url, SCHEMES);
  if (named || path) {
    const reason = `the URL of "${endpoint.host}" names a user or a path; give the user by itself, and leave the path out`;
    throw new pulumi.InputPropertiesError({ message: reason, errors: [{ propertyPath: "url", reason }] });
  }
  return {
    // A query is for the cluster, which may choose by it who answers.
    url: ref`${protocol}//${Reference.to(endpoint, "server")}${new URL(url).search}`,
    host: Reference.host(endpoint, "server"),
    port: Reference.port(endpoint, "server"),
    user: Reference.plain(user),
    password: Reference.hidden(password),
  };
}
