import type { Input } from "@pulumi/pulumi";
import type { Target } from "../model/target.ts";
import type { ExternalChromaArgs } from "../services/external-chroma.ts";
import type { ExternalMongodbArgs } from "../services/external-mongodb.ts";
import type { ExternalOllamaArgs } from "../services/external-ollama.ts";
import type { ExternalPostgresArgs } from "../services/external-postgres.ts";
import type { ExternalQdrantArgs } from "../services/external-qdrant.ts";
import type { OllamaModel } from "../services/ollama-model.ts";
import type { Environment } from "./environment.ts";
import type { ObservabilityArgs } from "./observability-args.ts";
import type { MelvinCommand, MelvinSize, MelvinService } from "./melvin-services.ts";

/** Arguments of the Melvin platform. */
export interface MelvinArgs {
  readonly target: Target;
  /** Host name that browsers use. */
  readonly host: string;
  /** Images of the applications. */
  readonly images: Readonly<Record<"api" | "worker", string>>;
  /**
   * Images of public services that shall not be the catalogue's.
   *
   * @defaultValue none
   */
  readonly publicImages?: Partial<Record<"postgres" | "mongodb" | "qdrant" | "chroma" | "ollama", string>>;
  /** @defaultValue "production" */
  readonly environment?: Environment;
  /**
   * Where vectors are kept.
   *
   * @defaultValue Qdrant of its own, in one copy
   */
  readonly vectors?: MelvinVectors;
  /**
   * Servers that somebody else runs, in the place of the platform's own.
   *
   * @defaultValue none: the platform runs all it needs
   */
  readonly external?: MelvinExternal;
  /**
   * Copies of the platform's own PostgreSQL server; several are for targets that have something that runs such servers.
   *
   * @defaultValue 1
   */
  readonly databaseCopies?: number;
  /**
   * Who reads cards from Scryfall and fills the stores: a worker of its own, a job before each new api, or the api.
   *
   * @defaultValue "worker"
   */
  readonly ingestion?: "worker" | "job" | "api";
  /**
   * The language model that answers. A server that somebody else runs is expected to have it.
   *
   * @defaultValue `llama3.2:3b`, pulled by the server
   */
  readonly model?: OllamaModel;
  /**
   * Graphics processors of the platform's own Ollama.
   *
   * @defaultValue 0
   */
  readonly gpus?: number;
  /**
   * The first administrator.
   *
   * @defaultValue "admin", with a generated password
   */
  readonly admin?: Administrator;
  /**
   * How Scryfall is asked.
   *
   * @defaultValue ten requests a second, the most that Scryfall allows
   */
  readonly scryfall?: ScryfallSettings;
  /**
   * APIs elsewhere that the api may ask, by a name of small letters, digits and underscores: `openai` gives
   * `OPENAI_API_KEY` and `OPENAI_BASE_URL`.
   *
   * @defaultValue none: the api has no way out
   */
  readonly apis?: Readonly<Record<string, ExternalApi>>;
  /**
   * Port that the api listens on, within the target. The one that browsers use is the target's.
   *
   * @defaultValue 8000
   */
  readonly apiPort?: number;
  /**
   * Sizes that shall not be the budget's, by service.
   *
   * @defaultValue those of `sizes` in `melvin-services.ts`
   */
  readonly sizes?: MelvinSizes;
  /**
   * Commands of the applications' images that shall not be the usual ones.
   *
   * @defaultValue those of `commands` in `melvin-services.ts`
   */
  readonly commands?: Partial<Record<MelvinCommand, readonly string[]>>;
  /**
   * Whether the platform is observed, and how.
   *
   * @defaultValue false
   */
  readonly observability?: boolean | ObservabilityArgs;
}

/** Sizes of one's own; the api keeps nothing that had a size. */
export type MelvinSizes = {
  readonly [Name in MelvinService]?: Partial<
    Name extends "api" ? Omit<MelvinSize, "storageGiB"> : MelvinSize
  >;
};

/** Where vectors are kept. */
export type MelvinVectors =
  /** In `copies` copies, 1 by default; a target that can't have more runs one. */
  | { readonly kind: "qdrant"; readonly copies?: number }
  | { readonly kind: "chroma" }
  /** In an index that the api itself reads from a folder. */
  | { readonly kind: "faiss" };

/** Servers that somebody else runs. */
export interface MelvinExternal {
  /** Has a database `melvin`, or an administrator who makes it. Its certificate is always checked. */
  readonly postgres?: Omit<ExternalPostgresArgs, "target" | "image" | "authority"> &
    Required<Pick<ExternalPostgresArgs, "authority">>;
  /** Has a database `melvin`. */
  readonly mongodb?: ExternalMongodbArgs;
  readonly qdrant?: ExternalQdrantArgs;
  readonly chroma?: ExternalChromaArgs;
  readonly ollama?: ExternalOllamaArgs;
}

/** Who may approve accounts from the first day on. */
export interface Administrator {
  /**
   * Name or e-mail address to log in with.
   *
   * @defaultValue "admin"
   */
  readonly name?: string;
  /**
   * At least 8 characters with capital and small letters, a digit and a symbol.
   *
   * @defaultValue a generated one
   */
  readonly password?: Input<string>;
}

/** How Scryfall is asked. */
export interface ScryfallSettings {
  /**
   * Most requests a second; 10 is the most that Scryfall allows.
   *
   * @defaultValue 10
   */
  readonly requestsPerSecond?: number;
  /**
   * Folder in which cards are kept, so that none is asked for twice.
   *
   * @defaultValue "/var/cache/melvin/scryfall"
   */
  readonly cacheDirectory?: string;
}

/** An API elsewhere. */
export interface ExternalApi {
  /** Its address, to which the api gets a way out. */
  readonly url: string;
  readonly key: Input<string>;
}
