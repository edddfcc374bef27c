import type { Input } from "@pulumi/pulumi";
import type { Target } from "../model/target.ts";
import type { ExternalElasticsearchArgs } from "../services/external-elasticsearch.ts";
import type { ExternalOllamaArgs } from "../services/external-ollama.ts";
import type { HuggingFaceSource } from "../services/hugging-face-model.ts";
import type { OllamaModel } from "../services/ollama-model.ts";
import type { Environment } from "./environment.ts";
import type { ObservabilityArgs } from "./observability-args.ts";
import type { SkillsCommand, SkillsService, SkillsSize } from "./skills-services.ts";

/** Arguments of the Skill manager. */
export interface SkillsArgs {
  readonly target: Target;
  /** Host name that browsers and agents use. */
  readonly host: string;
  /** Images of the applications. */
  readonly images: Readonly<Record<"backend" | "dashboard", string>>;
  /**
   * Images of public programs that shall not be the catalogue's.
   *
   * @defaultValue none
   */
  readonly publicImages?: Partial<Record<"elasticsearch" | "ollama" | "curl", string>>;
  /** @defaultValue "production" */
  readonly environment?: Environment;
  /**
   * Servers that somebody else runs, in the place of the platform's own.
   *
   * @defaultValue none: the platform runs all it needs
   */
  readonly external?: SkillsExternal;
  /**
   * The platform's own Elasticsearch.
   *
   * @defaultValue one copy, whose indices are mapped into memory
   */
  readonly elasticsearch?: ElasticsearchChoice;
  /**
   * The language model. A server that somebody else runs is expected to have it.
   *
   * @defaultValue `gemma2:2b`, pulled by the server
   */
  readonly model?: OllamaModel;
  /**
   * Graphics processors of the platform's own Ollama.
   *
   * @defaultValue 0
   */
  readonly gpus?: number;
  /**
   * The model that skills are found by.
   *
   * @defaultValue `all-MiniLM-L6-v2`, from Hugging Face's public hub
   */
  readonly embedding?: SkillsEmbedding;
  /**
   * Fields of skills, as Elasticsearch's mapping has them, beside the vector `embedding`.
   *
   * @defaultValue those of `fields` in `skills-index.ts`
   */
  readonly fields?: Readonly<Record<string, unknown>>;
  /**
   * Keys that agents prove themselves by.
   *
   * @defaultValue one key, generated
   */
  readonly mcpApiKeys?: McpApiKeys;
  /**
   * Sizes that shall not be the budget's, by service.
   *
   * @defaultValue those of `sizes` in `skills-services.ts`
   */
  readonly sizes?: SkillsSizes;
  /**
   * Programs of private images that are started in another way there.
   *
   * @defaultValue those of `commands` in `skills-services.ts`
   */
  readonly commands?: Partial<Record<SkillsCommand, readonly string[]>>;
  /**
   * Whether the platform is observed, and how.
   *
   * @defaultValue false
   */
  readonly observability?: boolean | ObservabilityArgs;
}

/**
 * Keys of agents, both of them valid. To change a key without an interruption, make it the previous one beside a new one, and
 * leave it out once no agent uses it any more.
 */
export interface McpApiKeys {
  /** 32 characters or more: letters, digits, dots, underscores and dashes. */
  readonly current: Input<string>;
  /** @defaultValue none */
  readonly previous?: Input<string>;
}

/** Servers that somebody else runs. */
export interface SkillsExternal {
  /** Has a client `backend`, or an administrator who makes it. */
  readonly elasticsearch?: Omit<ExternalElasticsearchArgs, "target">;
  readonly ollama?: ExternalOllamaArgs;
}

/** How the platform's own Elasticsearch runs. */
export interface ElasticsearchChoice {
  /**
   * Copies that form a cluster; a target that can't have more runs one. One of three may be lost.
   *
   * @defaultValue 1
   */
  readonly copies?: number;
  /**
   * Whether indices are mapped into memory, which is faster. Several copies then refuse to start on a machine whose
   * kernel has too small a `vm.max_map_count`.
   *
   * @defaultValue true for one copy, false for several
   */
  readonly mapped?: boolean;
}

/** The model that skills are found by. */
export interface SkillsEmbedding {
  /**
   * As the hub has it; without an owner it is one of `sentence-transformers`.
   *
   * @defaultValue "all-MiniLM-L6-v2"
   */
  readonly model?: string;
  /**
   * Numbers that a vector of it has: 4096 at most.
   *
   * @defaultValue 384 for the default model; of another it has to be said
   */
  readonly dimensions?: number;
  /**
   * Branch, tag or commit.
   *
   * @defaultValue "main"
   */
  readonly revision?: string;
  /** @defaultValue Hugging Face's public hub */
  readonly source?: HuggingFaceSource;
}

/** Sizes of one's own; applications keep nothing that had a size. */
export type SkillsSizes = {
  readonly [Name in SkillsService]?: Partial<
    Name extends "backend" | "dashboard" ? Omit<SkillsSize, "storageGiB"> : SkillsSize
  >;
};
