import type { Input } from "@pulumi/pulumi";
import type { Target } from "../model/target.ts";
import type { ExternalChromaArgs } from "../services/external-chroma.ts";
import type { ExternalPostgresArgs, GivenDatabase } from "../services/external-postgres.ts";
import type { ExternalRedisArgs } from "../services/external-redis.ts";
import type { ServiceName } from "./acceleration-services.ts";
import type { ModelProvider } from "./acceleration-settings.ts";
import type { Environment } from "./environment.ts";
import type { ObservabilityArgs } from "./observability-args.ts";

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
   * Servers that somebody else runs, in the place of the platform's own.
   *
   * @defaultValue none: the platform runs all it needs
   */
  readonly external?: AccelerationExternal;
  /**
   * Copies of the platform's own PostgreSQL server; several are for targets that have something that runs such servers.
   *
   * @defaultValue 1
   */
  readonly databaseCopies?: number;
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
  /**
   * Whether the platform is observed, and how.
   *
   * @defaultValue false
   */
  readonly observability?: boolean | ObservabilityArgs;
}

/** Servers that somebody else runs. */
export interface AccelerationExternal {
  readonly postgres?: ExternalDatabase;
  readonly redis?: ExternalRedisArgs;
  /** Where vectors are kept: a Chroma server, or Pinecone. One of them. */
  readonly chroma?: ExternalChromaArgs;
  readonly pinecone?: PineconeIndex;
}

/** An index of Pinecone's. */
export interface PineconeIndex {
  /** Address of the index, as Pinecone's console shows it. */
  readonly indexUrl: string;
  readonly apiKey: Input<string>;
}

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
