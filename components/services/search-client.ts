import * as pulumi from "@pulumi/pulumi";
import { type Endpoint, ref, Reference } from "../model/reference.ts";
import type { Step, Target } from "../model/target.ts";
import { password } from "../secrets/password.ts";
import { type Account, type Indices, preparation, problemOf } from "./search-preparation.ts";

/** An Elasticsearch server, whoever runs it. */
export interface SearchServer {
  /**
   * A user of one client's own, for indices of its own.
   *
   * @param name - of the user: small letters, digits and underscores
   * @param indices - what it may read, write and make, by name, or by a pattern such as `logs-*`; those that have a name
   * are made before anyone learns the user's password
   * @throws ResourceError if the user or an index can't have its name, or the server has no way to such a user
   */
  client(name: string, indices: Indices): SearchClient;
}

/** A user who may do everything with its own indices and nothing with others. Every reference leads to the server, once the indices are there. */
export interface SearchClient {
  /** Address of the HTTP API, with user and password, without a trailing slash. */
  readonly url: Reference;
  /** The same without user and password. */
  readonly endpoint: Reference;
  /** Server and port, as `host:port`. */
  readonly address: Reference;
  readonly host: Reference;
  readonly port: Reference;
  readonly user: Reference;
  readonly password: Reference;
}

/** How users and indices are made on a server: by whom, and from where. */
export interface SearchAdministration extends Account {
  readonly target: Target;
  readonly server: ServerAddress;
}

/** Where the HTTP API of a server is. */
export interface ServerAddress {
  /** With a port `http`. */
  readonly endpoint: Endpoint;
  readonly protocol: "http:" | "https:";
  /** What all its paths begin with; empty, or without a slash at its end. */
  readonly path: string;
}

/**
 * Makes a user, its role and its indices, by a job on the healthy server.
 *
 * @param server - name of the service, which begins the names of what is made
 * @throws ResourceError if the user or an index can't have its name
 */
export function makeClient(
  name: string,
  indices: Indices,
  server: string,
  administration: SearchAdministration,
  parent: pulumi.Resource,
): SearchClient {
  const problem = problemOf(name, indices);
  if (problem) throw new pulumi.ResourceError(problem, parent, true);
  const { target, server: address, ...administrator } = administration;
  const account = { user: name, password: password(`${server}-${name}`, parent) };
  const job = preparation(indices, urlOf(address), administrator, account);
  const made = target.complete(jobName(server, name), job, { parent });
  // What is generated needs no quoting.
  return describe(address, { ...account, userinfo: ref`${name}:${account.password}` }, made);
}

/** Name of the job that prepares a server for a client. Names of jobs are host names on some targets, which have no underscores. */
export function jobName(server: string, client: string): string {
  return `${server}-${client.replaceAll("_", "-")}-client`;
}

/** Address of the HTTP API, as a client is told it that says who it is in another way. */
export function urlOf(server: ServerAddress): Reference {
  return ref`${server.protocol}//${Reference.to(server.endpoint, "http")}${server.path}`;
}

/** A client's own account. */
export interface Credentials extends Account {
  /** User and password as they stand in a URL. */
  readonly userinfo: Reference;
}

/**
 * A server as one of its clients is told of it.
 *
 * @param prepared - what has to be done before the client may come; what the server itself waits for where there is nothing
 */
export function describe(
  { endpoint, protocol, path }: ServerAddress,
  { user, password: secret, userinfo }: Credentials,
  prepared?: Step,
): SearchClient {
  const ready = prepared ? { ...endpoint, ready: [prepared.done] } : endpoint;
  const address = Reference.to(ready, "http");
  return {
    url: ref`${protocol}//${userinfo}@${address}${path}`,
    endpoint: ref`${protocol}//${address}${path}`,
    address,
    host: Reference.host(ready, "http"),
    port: Reference.port(ready, "http"),
    user: Reference.plain(user),
    password: secret,
  };
}
