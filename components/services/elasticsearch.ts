import * as pulumi from "@pulumi/pulumi";
import { images } from "../images.ts";
import type { Target } from "../model/target.ts";
import type { Resources } from "../model/workload.ts";
import { authority, certificate } from "../secrets/certificate.ts";
import { password } from "../secrets/password.ts";
import { ADMINISTRATOR, elasticsearchRecipe, type TransportIdentity } from "./elasticsearch-recipe.ts";
import {
  makeClient,
  type SearchAdministration,
  type SearchClient,
  type SearchServer,
} from "./search-client.ts";
import type { Indices } from "./search-preparation.ts";

/** Arguments of {@link Elasticsearch}. */
export interface ElasticsearchArgs {
  readonly target: Target;
  /** @defaultValue the catalogue's */
  readonly image?: string;
  /**
   * Of each copy. Half of the memory limit is the heap; what is left is for the indices themselves.
   *
   * @defaultValue {@link ELASTICSEARCH_RESOURCES}
   */
  readonly resources?: Resources;
  /**
   * Room for indices of each copy, in GiB; raised later at will, never lowered.
   *
   * @defaultValue 20
   */
  readonly storageGiB?: number;
  /**
   * Copies that form a cluster; a target that can't have more runs one. One of three may be lost; two are no better than
   * one, since they need each other.
   *
   * @defaultValue 1
   */
  readonly copies?: number;
  /**
   * Whether indices are mapped into memory, which is faster, and needs a setting of the kernel (`vm.max_map_count`) that
   * several copies refuse to start without. Without it, they are read as files.
   *
   * @defaultValue true
   */
  readonly mapped?: boolean;
}

/** Enough for some hundred thousand documents with a vector of 384 numbers each. */
export const ELASTICSEARCH_RESOURCES: Resources = {
  cpuRequest: 0.5,
  cpuLimit: 2,
  memoryRequestMiB: 2048,
  memoryLimitMiB: 2048,
};

/**
 * An Elasticsearch server that asks everyone for a password. Its clients each get a user and indices of their own.
 *
 * @example
 * ```ts
 * const elasticsearch = new Elasticsearch("elasticsearch", { target });
 * const skills = elasticsearch.client("backend", { agent_skills: { mappings: { properties: { name: { type: "keyword" } } } } });
 * const env = { ELASTICSEARCH_URL: skills.url };
 * ```
 */
export class Elasticsearch extends pulumi.ComponentResource implements SearchServer {
  readonly #name: string;
  readonly #administration: SearchAdministration;

  constructor(name: string, args: ElasticsearchArgs, opts?: pulumi.ComponentResourceOptions) {
    super("keelson:services:Elasticsearch", name, {}, opts);
    const { target, image = images.elasticsearch, resources = ELASTICSEARCH_RESOURCES } = args;
    const { storageGiB = 20, copies = 1, mapped = true } = args;
    const admin = password(`${name}-admin`, this);
    const identity = copies > 1 ? transportIdentity(name, this) : undefined;
    const settings = { image, resources, storageGiB, mapped, admin, identity };
    const endpoint = target.run(name, (site) => elasticsearchRecipe(settings, site), {
      parent: this,
      copies,
    });
    this.#name = name;
    this.#administration = {
      target,
      server: { endpoint, protocol: "http:", path: "" },
      user: ADMINISTRATOR,
      password: admin,
    };
    this.registerOutputs({});
  }

  client(name: string, indices: Indices): SearchClient {
    return makeClient(name, indices, this.#name, this.#administration, this);
  }
}

/** What copies know each other by: one certificate for all of them, by an authority that signs nothing else. */
function transportIdentity(name: string, parent: pulumi.Resource): TransportIdentity {
  const signer = authority(`${name}-transport-authority`, parent);
  const signed = certificate(`${name}-transport`, { authority: signer, hosts: [name], mutual: true }, parent);
  return { ...signed, authority: signer.certificate };
}
