import type { Input } from "@pulumi/pulumi";
import type { Scaling } from "../model/scaling.ts";
import type { Target } from "../model/target.ts";
import type { ExternalPostgresArgs } from "../services/external-postgres.ts";
import type { ExternalQdrantArgs } from "../services/external-qdrant.ts";
import type { ExternalRedisArgs } from "../services/external-redis.ts";
import type { HuggingFaceSource } from "../services/hugging-face-model.ts";
import type { Environment } from "./environment.ts";
import type { ObservabilityArgs } from "./observability-args.ts";
import type { ServiceName } from "./semantik-services.ts";
import type { SemantikVariables } from "./semantik-variables.ts";

/** Arguments of the Semantik platform. */
export interface SemantikArgs {
  readonly target: Target;
  /** Host name that browsers use. */
  readonly host: string;
  /** Images of the applications. */
  readonly images: Readonly<Record<ServiceName, string>>;
  /**
   * Images of public programs that shall not be the catalogue's.
   *
   * @defaultValue none
   */
  readonly publicImages?: Partial<Record<"postgres" | "redis" | "qdrant" | "flower" | "curl", string>>;
  /** @defaultValue "production" */
  readonly environment?: Environment;
  /**
   * Variables of the applications that shall not have the platform's defaults.
   *
   * @defaultValue none
   */
  readonly variables?: Partial<SemantikVariables>;
  /**
   * Stores that somebody else runs.
   *
   * @defaultValue none: PostgreSQL, Redis and Qdrant are the platform's own
   */
  readonly external?: SemantikExternal;
  /**
   * Copies of the platform's own PostgreSQL server; more than one for targets that have something that runs such servers.
   *
   * @defaultValue 1
   */
  readonly databaseCopies?: number;
  /**
   * Copies of the platform's own Qdrant server; a target that can't have more runs one.
   *
   * @defaultValue 1
   */
  readonly qdrantCopies?: number;
  /**
   * Whether the Celery worker runs; without it, documents are not indexed here.
   *
   * @defaultValue true
   */
  readonly worker?: boolean;
  /**
   * Whether Flower runs, which shows what the worker does.
   *
   * @defaultValue true, where the worker runs
   */
  readonly flower?: boolean;
  /**
   * Graphics processors of each copy of `vecpipe` and of the worker; their images have to be made for them.
   *
   * @defaultValue 0
   */
  readonly gpus?: number;
  /**
   * How far services may be scaled, on targets that can.
   *
   * @defaultValue as their table has it; one copy of what has graphics processors
   */
  readonly scaling?: Partial<Record<ServiceName, Pick<Scaling, "min" | "max">>>;
  /**
   * Which state of the embedding model it is, and where it comes from.
   *
   * @defaultValue the branch `main`, from Hugging Face's public hub
   */
  readonly model?: EmbeddingModel;
  /**
   * Who administers the platform.
   *
   * @defaultValue `admin`, with a generated password
   */
  readonly superuser?: Superuser;
  /**
   * What login tokens are signed with: 32 bytes in hexadecimal.
   *
   * @defaultValue generated
   */
  readonly jwtSecretKey?: Input<string>;
  /**
   * Room, in GiB; raised later at will, never lowered.
   *
   * @defaultValue 20 for PostgreSQL, 2 for Redis, 20 for each copy of Qdrant, 10 for models, 10 for what the applications keep
   */
  readonly storageGiB?: Partial<SemantikStorage>;
  /**
   * Programs of private images that are started in another way there.
   *
   * @defaultValue as the platform's document has them
   */
  readonly commands?: Partial<SemantikCommands>;
  /**
   * Whether the platform is observed, and how.
   *
   * @defaultValue false
   */
  readonly observability?: boolean | ObservabilityArgs;
}

/** Stores that somebody else runs; each is the platform's own where it is left out. */
export interface SemantikExternal {
  /** Its database is named `semantik`, and is given or made by the administrator. The server's certificate is always checked. */
  readonly postgres?: Omit<ExternalPostgresArgs, "target" | "image" | "authority"> &
    Required<Pick<ExternalPostgresArgs, "authority">>;
  readonly redis?: ExternalRedisArgs;
  readonly qdrant?: ExternalQdrantArgs;
}

/** Which state of the embedding model is used, and where it comes from. */
export interface EmbeddingModel {
  /**
   * Branch, tag or commit.
   *
   * @defaultValue "main"
   */
  readonly revision?: string;
  /** @defaultValue Hugging Face's public hub */
  readonly source?: HuggingFaceSource;
}

/** Who administers the platform. */
export interface Superuser {
  readonly name: string;
  /** @defaultValue the name at the platform's host */
  readonly email?: string;
  /**
   * 8 characters or more, with capital and small letters, digits and symbols.
   *
   * @defaultValue generated
   */
  readonly password?: Input<string>;
}

/** Room in GiB. */
export interface SemantikStorage {
  readonly postgres: number;
  readonly redis: number;
  /** Of each copy. */
  readonly qdrant: number;
  readonly models: number;
  /** What the applications keep in files. */
  readonly data: number;
}

/** Programs of the private images, with their arguments. */
export interface SemantikCommands {
  readonly webui: readonly string[];
  readonly vecpipe: readonly string[];
  readonly migrations: readonly string[];
  /** Makes the superuser that its variables tell of, or gives it that password; safe to repeat. */
  readonly superuser: readonly string[];
  /** Downloads a model of a hub; its name, `--revision` and the revision are appended. */
  readonly download: readonly string[];
}
