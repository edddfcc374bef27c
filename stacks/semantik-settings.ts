import { z } from "zod";
import { type SecretRule, secretRules } from "../components/platforms/semantik-secrets.ts";
import { DATABASE } from "../components/platforms/semantik-stores.ts";
import { huggingFaceForms } from "../components/services/hugging-face-model.ts";
import { type Variable, type VariableName, variables } from "../components/platforms/semantik-variables.ts";
import { external, externalPostgres } from "./external.ts";
import { MODEL_FOLDER } from "./folders.ts";
import { flag, oneOf, secret, whole } from "./settings.ts";

const text = z.string({ error: "text" }).min(1, { error: "text" });

/** A secret that has to be as the platform's document wants it. */
const ruled = ({ accepts, takes }: SecretRule) =>
  secret().refine(accepts, { error: takes }).meta({ secret: true });

type OfKind<Kind extends Variable["kind"]> = Extract<Variable, { readonly kind: Kind }>;

/** How a stack says a variable, by its kind. */
const SCHEMAS = {
  whole: ({ lowest, highest }: OfKind<"whole">) => whole(lowest, highest),
  flag: () => flag,
  word: ({ words }: OfKind<"word">) => oneOf(words),
  text: ({ form, takes }: OfKind<"text">) => z.string({ error: takes }).regex(form, { error: takes }),
} as const;

type SchemaOf<Of extends Variable> = Of extends { readonly words: readonly (infer Word extends string)[] }
  ? z.ZodType<Word>
  : ReturnType<(typeof SCHEMAS)[Of["kind"]]>;

const variable = <Of extends Variable>(of: Of) => {
  const schema = (SCHEMAS[of.kind] as (of: Of) => z.ZodType)(of) as SchemaOf<Of>;
  const { fallback, meaning } = of;
  return z.optional(schema).describe(`${meaning}; ${fallback} if it is left out`);
};

type Schemas = {
  [Name in VariableName]: z.ZodOptional<SchemaOf<(typeof variables)[Name]>>;
};
const ofVariables = Object.fromEntries(
  Object.entries(variables).map(([name, of]) => [name, variable(of)]),
) as Schemas;

/** Text about a model, in one of the forms that it may have. */
const inForm = (name: keyof typeof huggingFaceForms) => {
  const { form, takes: error } = huggingFaceForms[name];
  return z.string({ error }).regex(form, { error });
};

const sha256 = inForm("sha256").describe("SHA-256 of the archive");

const source = z
  .union(
    [
      z
        .strictObject({
          kind: z.literal("hub"),
          endpoint: inForm("endpoint").optional().describe("another hub than Hugging Face's public one"),
          token: secret().optional().describe("token, for models that not everybody may have"),
        })
        .describe("a hub"),
      z
        .strictObject({
          kind: z.literal("archive"),
          url: inForm("url").describe("address of the archive"),
          sha256,
        })
        .describe("an archive that is downloaded"),
      z
        .strictObject({
          kind: z.literal("archive"),
          folder: z.literal(MODEL_FOLDER, { error: `"${MODEL_FOLDER}", a folder that the target has` }),
          path: inForm("path").describe("where it is in the folder"),
          sha256,
        })
        .describe(`an archive in the target's folder "${MODEL_FOLDER}"`),
    ],
    {
      error: `{ kind: hub }, { kind: archive, url, sha256 } or { kind: archive, folder: ${MODEL_FOLDER}, path, sha256 }`,
    },
  )
  .describe("where the model comes from");

const command = z.array(text, { error: "a list, as in [python, -m, vecpipe.search_api]" }).min(1).optional();

const copies = z
  .strictObject({ min: whole(1, 100), max: whole(1, 100) }, { error: "{ min, max }" })
  .refine(({ min, max }) => min <= max, { error: "{ min, max } with min not above max" })
  .optional();

const room = (what: string) => whole(1, 65536).optional().describe(`GiB for ${what}`);

/** What the platform Semantik takes from a stack. */
export const semantikSettings = {
  variables: z
    .strictObject(ofVariables)
    .optional()
    .describe("variables of the applications that shall not have the platform's defaults"),
  databaseCopies: whole(1, 9).optional().describe("copies of PostgreSQL, by the operator CloudNativePG"),
  qdrantCopies: whole(1, 9).optional().describe("copies of Qdrant, where the target can have several"),
  worker: flag.optional().describe("does the Celery worker run, which indexes documents?"),
  flower: flag.optional().describe("does Flower run, which shows what the worker does?"),
  gpus: whole(0, 16).optional().describe("GPUs for vecpipe and for the worker, each; none if it is left out"),
  scaling: z
    .strictObject({ vecpipe: copies, webui: copies, worker: copies })
    .optional()
    .describe("least and most copies, service by service"),
  model: z
    .strictObject({
      revision: inForm("revision")
        .optional()
        .describe("branch, tag or commit of the model; main if it is left out"),
      source: source.optional(),
    })
    .optional()
    .describe("which state of the embedding model it is, and where it comes from"),
  superuser: z
    .strictObject(
      {
        name: text
          .regex(/^[\w.-]{1,64}$/, { error: "letters, digits, dots, dashes and underscores, 64 at most" })
          .describe("name to log in with"),
        email: text
          .regex(/^[^\s@]+@[^\s@]+$/, { error: 'an address, as in "admin@example.com"' })
          .optional()
          .describe("address; the name at the host if it is left out"),
        password: ruled(secretRules.superuserPassword)
          .optional()
          .describe("password; generated if it is left out"),
      },
      { error: "{ name, email, password }" },
    )
    .optional()
    .describe("who administers the platform; admin if it is left out"),
  jwtSecretKey: ruled(secretRules.jwtSecretKey)
    .optional()
    .describe("key that login tokens are signed with; generated if it is left out"),
  storageGiB: z
    .strictObject({
      postgres: room("PostgreSQL"),
      redis: room("Redis"),
      qdrant: room("each copy of Qdrant"),
      models: room("models"),
      data: room("what the applications keep in files"),
    })
    .optional()
    .describe("room for data"),
  commands: z
    .strictObject({
      webui: command,
      vecpipe: command,
      migrations: command,
      superuser: command,
      download: command,
    })
    .optional()
    .describe("commands of your images, where they are not the usual ones"),
} as const;

/** What a mistake shows in the place of a secret. */
const CONCEALED = "[secret]";

/** Servers that somebody else may run in the place of Semantik's own. */
export const semantikExternal = {
  postgres: externalPostgres([DATABASE])
    .superRefine(({ databases }, context) => {
      const { accepts, takes: message } = secretRules.postgresPassword;
      const password = databases?.[DATABASE]?.password;
      if (password === undefined || accepts(password)) return;
      const path = ["databases", DATABASE, "password"];
      context.addIssue({ code: "custom", path, message, input: CONCEALED });
    })
    .optional(),
  redis: external.redis.optional(),
  qdrant: external.qdrant.optional(),
} as const;

/** Names of the folders that Semantik reads: documents, and archives of models. */
export const semantikFolders = ["documents", MODEL_FOLDER] as const;
