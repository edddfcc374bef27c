import * as pulumi from "@pulumi/pulumi";
import { Reference } from "../model/reference.ts";
import type { Target } from "../model/target.ts";
import { externalAddress, userinfo } from "./external-address.ts";
import {
  describe,
  jobName,
  makeClient,
  type SearchClient,
  type SearchServer,
  type ServerAddress,
  urlOf,
} from "./search-client.ts";
import { type Account, type Indices, isName, preparation, problemOf } from "./search-preparation.ts";

/** Arguments of {@link ExternalElasticsearch}. Each client is given, or made by the administrator. */
export interface ExternalElasticsearchArgs {
  /** Where the jobs run that make users and indices. */
  readonly target: Target;
  /** Address of its HTTP API, as `https://…:9200`, without user and password. */
  readonly url: string;
  /**
   * Who may make users, roles and indices there.
   *
   * @defaultValue nobody: every client is given
   */
  readonly admin?: GivenUser;
  /**
   * Users that are there, by the name of the client; each may make the indices that its client names.
   *
   * @defaultValue none: every user is made
   */
  readonly clients?: Readonly<Record<string, GivenUser>>;
}

/** A user that somebody else made. */
export interface GivenUser {
  readonly user: string;
  readonly password: pulumi.Input<string>;
}

const SCHEMES = { "https:": 443, "http:": 80 };

/** An Elasticsearch server that somebody else runs; its clients may leave the private networks towards it, and nowhere else. */
export class ExternalElasticsearch extends pulumi.ComponentResource implements SearchServer {
  readonly #name: string;
  readonly #target: Target;
  readonly #server: ServerAddress;
  readonly #administrator: Account | undefined;
  readonly #clients: Readonly<Record<string, GivenUser>>;

  /** @throws InputPropertiesError if the URL is not one of HTTP, or holds a user or a password */
  constructor(name: string, args: ExternalElasticsearchArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:ExternalElasticsearch", name, {}, opts);
    const { target, url, admin, clients = {} } = args;
    this.#name = name;
    this.#target = target;
    this.#server = serverAt(url);
    this.#administrator = admin && accountOf(admin);
    this.#clients = clients;
    this.registerOutputs({});
  }

  client(name: string, indices: Indices): SearchClient {
    const given = this.#clients[name];
    if (given) return this.#given(name, given, indices);
    if (this.#administrator) {
      const administration = { ...this.#administrator, target: this.#target, server: this.#server };
      return makeClient(name, indices, this.#name, administration, this);
    }
    const known = Object.keys(this.#clients).join(", ") || "none";
    const reason = `no client "${name}" is given of "${this.#name}", and no administrator who could make it`;
    throw new pulumi.ResourceError(`${reason}; given are: ${known}`, this, true);
  }

  #given(name: string, given: GivenUser, indices: Indices): SearchClient {
    const problem = problemOf(name, indices);
    if (problem) throw new pulumi.ResourceError(problem, this, true);
    const credentials = { ...accountOf(given), userinfo: userinfo(given.user, given.password) };
    if (!Object.keys(indices).some(isName)) return describe(this.#server, credentials);
    const job = preparation(indices, urlOf(this.#server), credentials);
    const made = this.#target.complete(jobName(this.#name, name), job, { parent: this });
    return describe(this.#server, credentials, made);
  }
}

function serverAt(url: string): ServerAddress {
  const { protocol, user, path, endpoint } = externalAddress(url, SCHEMES);
  if (user) {
    const reason = `the URL of "${endpoint.host}" names a user; give users under clients, or the administrator under admin`;
    throw new pulumi.InputPropertiesError({ message: reason, errors: [{ propertyPath: "url", reason }] });
  }
  const ports = { http: endpoint.ports["server"]! };
  return { endpoint: { ...endpoint, ports }, protocol: protocol as ServerAddress["protocol"], path };
}

const accountOf = ({ user, password }: GivenUser): Account => ({
  user,
  password: Reference.hidden(password),
});
