import type { Input } from "@pulumi/pulumi";
import type { Target } from "../model/target.ts";
import type { ExternalChromaArgs } from "../services/external-chroma.ts";
import type { ExternalPostgresArgs, GivenDatabase } from "../services/external-postgres.ts";
import type { ExternalRedisArgs } from "../services/external-redis.ts";
import type { ServiceName } from "./acceleration-services.ts";
import type { ModelProvider } from "./acceleration-settings.ts";
import type { Environment } from "./environment.ts";

/** Arguments of the Acceleration platform. */
export interface AccelerationArgs {
  readonly target: Target;
  /** Host name that browsers use. */
  readonly host: string;
  /** Images of the applications. */
  readonly images: Readonly<Record<ServiceName | "web", string>>;
  /**
   * Images of public services that shall not be the catalogue's.
   *
   * @defaultValue none
   */
  readonly publicImages?: Partial<Record<"postgres" | "redis" | "chroma", string>>;
  /** @defaultValue "production" */
  readonly environment?: Environment;
  /**
   * The PostgreSQL server: the platform's own in one copy, its own in several, or one that somebody else runs.
   *
   * @defaultValue its own, in one copy
   */
  readonly database?: DatabaseChoice;
  /**
   * The Redis server: the platform's own, or one that somebody else runs.
   *
   * @defaultValue its own
   */
  readonly redis?: RedisChoice;
  /**
   * Where vectors are kept: in a Chroma server of the platform's own, in one that somebody else runs, or with Pinecone.
   *
   * @defaultValue Chroma of its own
   */
  readonly vectors?: VectorsChoice;
  /**
   * Keys of language models that the services may ask.
   *
   * @defaultValue none: the services have no way out
   */
  readonly modelKeys?: Partial<Record<ModelProvider, Input<string>>>;
  /**
   * Room for the databases, in GiB, in each copy of the server.
   *
   * @defaultValue 20
   */
  readonly databaseStorageGiB?: number;
  /**
   * Room for vectors and documents in Chroma, in GiB.
   *
   * @defaultValue 20
   */
  readonly vectorStorageGiB?: number;
}

/** The PostgreSQL server. */
export type DatabaseChoice =
  | { readonly kind: "own" }
  /** In `copies` copies, 3 by default; for targets that have something that runs such servers. */
  | { readonly kind: "replicated"; readonly copies?: number }
  | ({ readonly kind: "external" } & ExternalDatabase);

/** A PostgreSQL server that somebody else runs. Its certificate is always checked. */
export type ExternalDatabase = Omit<ExternalPostgresArgs, "target" | "image" | "authority" | "databases"> &
  Required<Pick<ExternalPostgresArgs, "authority">> & {
    /**
     * Databases that are there, by the service that each is for.
     *
     * @defaultValue none: the administrator makes them all
     */
    readonly databases?: Partial<Record<ServiceName, GivenDatabase>>;
  };

/** The Redis server. */
export type RedisChoice = { readonly kind: "own" } | ({ readonly kind: "external" } & ExternalRedisArgs);

/** Where vectors are kept. */
export type VectorsChoice =
  | { readonly kind: "chroma" }
  | ({ readonly kind: "external-chroma" } & ExternalChromaArgs)
  /** `indexUrl` is the address of the index, as Pinecone's console shows it. */
  | { readonly kind: "pinecone"; readonly indexUrl: string; readonly apiKey: Input<string> };
