import { huggingFaceForms } from "../services/hugging-face-model.ts";
import type { Environment } from "./environment.ts";

/** A variable of the applications that a stack may set: what it may be, and what it is if the stack does not say. */
export type Variable = { readonly meaning: string } & (
  | { readonly kind: "whole"; readonly fallback: number; readonly lowest: number; readonly highest: number }
  | { readonly kind: "flag"; readonly fallback: boolean }
  | { readonly kind: "word"; readonly fallback: string; readonly words: readonly [string, ...string[]] }
  | { readonly kind: "text"; readonly fallback: string; readonly form: RegExp; readonly takes: string }
);

const whole = (fallback: number, lowest: number, highest: number, meaning: string) =>
  ({ kind: "whole", fallback, lowest, highest, meaning }) as const;

/** The variables of the platform's document that a stack may set, with its defaults. */
export const variables = {
  ACCESS_TOKEN_EXPIRE_MINUTES: whole(1440, 1, 1440, "minutes that a login lasts, a day at most"),
  DEFAULT_COLLECTION: {
    kind: "text",
    fallback: "work_docs",
    form: /^[A-Za-z0-9][\w-]{0,62}$/,
    takes: "letters, digits, underscores and dashes, 63 at most",
    meaning: "collection that is searched unless another is named",
  },
  USE_MOCK_EMBEDDINGS: {
    kind: "flag",
    fallback: false,
    meaning: "whether vectors are made up, without a model: for trials only",
  },
  DB_POOL_SIZE: whole(20, 1, 1000, "connections that each process keeps open to the database"),
  DB_MAX_OVERFLOW: whole(40, 0, 1000, "connections beyond these that it may open for a while"),
  DB_POOL_TIMEOUT: whole(30, 1, 3600, "seconds that a request waits for a connection"),
  DB_POOL_RECYCLE: whole(3600, 1, 86400, "seconds after which a connection is replaced"),
  MODEL_UNLOAD_AFTER_SECONDS: whole(
    300,
    1,
    86400,
    "seconds after which a model that nobody asks is unloaded",
  ),
  RATE_LIMIT_PER_MINUTE: whole(60, 1, 1_000_000, "requests that one address may make in a minute"),
  CELERY_CONCURRENCY: whole(1, 1, 64, "tasks at a time, each in a process with models of its own"),
  DEFAULT_EMBEDDING_MODEL: {
    kind: "text",
    fallback: "Qwen/Qwen3-Embedding-0.6B",
    ...huggingFaceForms.model,
    meaning: "model that computes vectors; another one makes all that is indexed useless",
  },
  DEFAULT_QUANTIZATION: {
    kind: "word",
    fallback: "float16",
    words: ["float32", "float16", "int8"],
    meaning: "precision of the model; int8 takes a quarter of float32's memory",
  },
} as const satisfies Readonly<Record<string, Variable>>;

/** Name of a variable that a stack may set. */
export type VariableName = keyof typeof variables;

/** Values of these variables. */
export type SemantikVariables = { readonly [Name in VariableName]: ValueOf<(typeof variables)[Name]> };

type ValueOf<Of extends Variable> = Of extends { readonly words: readonly (infer Word)[] }
  ? Word
  : {
      readonly whole: number;
      readonly flag: boolean;
      readonly text: string;
      readonly word: string;
    }[Of["kind"]];

type OfKind<Kind extends Variable["kind"]> = Extract<Variable, { readonly kind: Kind }>;

/** How values are judged, by the kind of variable. */
const JUDGES: {
  readonly [Kind in Variable["kind"]]: {
    readonly accepts: (value: unknown, of: OfKind<Kind>) => boolean;
    readonly takes: (of: OfKind<Kind>) => string;
  };
} = {
  whole: {
    accepts: (value, { lowest, highest }) =>
      Number.isInteger(value) && Number(value) >= lowest && Number(value) <= highest,
    takes: ({ lowest, highest }) => `a whole number from ${lowest} to ${highest}`,
  },
  flag: { accepts: (value) => typeof value === "boolean", takes: () => "true or false" },
  word: {
    accepts: (value, { words }) => words.some((word) => word === value),
    takes: ({ words }) => words.map((word) => `"${word}"`).join(" or "),
  },
  text: {
    accepts: (value, { form }) => typeof value === "string" && form.test(value),
    takes: ({ takes }) => takes,
  },
};

/** What is wrong with the value of a variable, if anything is. */
export function variableProblem<Kind extends Variable["kind"]>(
  name: string,
  value: unknown,
  of: OfKind<Kind>,
): readonly string[] {
  const { accepts, takes } = JUDGES[of.kind];
  return accepts(value, of) ? [] : [`${name} is ${JSON.stringify(value)}; it takes ${takes(of)}`];
}

/** What the applications are told of the environment. */
export interface EnvironmentVariables {
  readonly LOG_LEVEL: "DEBUG" | "INFO" | "WARNING";
  /** Whether `webui` starts anew when its sources change. */
  readonly WEBUI_RELOAD: boolean;
  /** Whether each statement is logged. */
  readonly DB_ECHO: boolean;
  readonly WEBUI_WORKERS: number;
  /** 2 leaves out assertions and docstrings. */
  readonly PYTHONOPTIMIZE: number;
}

/** What follows from the environment: other values than those of other platforms, so that the table is Semantik's own. */
export const byEnvironment: Readonly<Record<Environment, EnvironmentVariables>> = {
  development: { LOG_LEVEL: "DEBUG", WEBUI_RELOAD: true, DB_ECHO: true, WEBUI_WORKERS: 1, PYTHONOPTIMIZE: 0 },
  staging: { LOG_LEVEL: "INFO", WEBUI_RELOAD: false, DB_ECHO: false, WEBUI_WORKERS: 2, PYTHONOPTIMIZE: 2 },
  production: {
    LOG_LEVEL: "WARNING",
    WEBUI_RELOAD: false,
    DB_ECHO: false,
    WEBUI_WORKERS: 4,
    PYTHONOPTIMIZE: 2,
  },
};

/** Variables with those that are given in the place of the defaults. */
export function withDefaults(given: Partial<SemantikVariables>): SemantikVariables {
  const defaults = Object.entries(variables).map(([name, { fallback }]) => [name, fallback]);
  return { ...(Object.fromEntries(defaults) as SemantikVariables), ...given };
}
