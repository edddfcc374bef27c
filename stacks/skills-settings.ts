import { z } from "zod";
import { keyRule } from "../components/platforms/skills-keys.ts";
import { CLIENT } from "../components/platforms/skills-services.ts";
import { huggingFaceForms } from "../components/services/hugging-face-model.ts";
import { external } from "./external.ts";
import { MODEL_FOLDER } from "./folders.ts";
import { anyText, flag, secret, whole } from "./settings.ts";

/** Text about a model of a hub, in one of the forms that it may have. */
const inForm = (name: keyof typeof huggingFaceForms) => {
  const { form, takes: error } = huggingFaceForms[name];
  return z.string({ error }).regex(form, { error });
};

const digest = z
  .string({ error: "64 hexadecimal digits in small letters" })
  .regex(/^[0-9a-f]{64}$/, { error: "64 hexadecimal digits in small letters" });

/** A model that is given as a file: from an address, or from the target's folder. */
const archiveOf = <Of extends z.ZodRawShape>(of: Of, what: string) =>
  [
    z.strictObject({
      ...of,
      sha256: digest.describe(`SHA-256 of the ${what}`),
      url: inForm("url").describe("where it is downloaded"),
    }),
    z.strictObject({
      ...of,
      sha256: digest.describe(`SHA-256 of the ${what}`),
      folder: z.literal(MODEL_FOLDER, { error: `"${MODEL_FOLDER}", a folder that the target has` }),
      path: inForm("path").describe("where it is in that folder"),
    }),
  ] as const;

const modelName = anyText.describe("name of the model, as in gemma2:2b");

const model = z.union(
  [
    z.strictObject({ name: modelName, digest: digest.optional().describe("digest that it must have") }),
    z.strictObject({
      name: modelName,
      archive: z.union(archiveOf({}, "model"), {
        error: `{ url, sha256 } or { folder: ${MODEL_FOLDER}, path, sha256 }`,
      }),
    }),
  ],
  { error: "{ name, digest } for a model that is pulled, or { name, archive } for one that is given" },
);

const source = z.union(
  [
    z.strictObject({
      kind: z.literal("hub"),
      endpoint: inForm("endpoint").optional().describe("another hub than Hugging Face's public one"),
      token: secret().optional().describe("token, for models that not everybody may have"),
    }),
    ...archiveOf({ kind: z.literal("archive") }, "archive"),
  ],
  {
    error: `{ kind: hub }, { kind: archive, url, sha256 } or { kind: archive, folder: ${MODEL_FOLDER}, path, sha256 }`,
  },
);

const cores = z.number({ error: "a number of cores" }).positive({ error: "a number of cores" });
const size = z.strictObject({
  cpuRequest: cores.optional().describe("cores that are reserved"),
  cpuLimit: cores.optional().describe("most cores that it may use"),
  memoryRequestMiB: whole(16, 1048576).optional().describe("memory that is reserved, in MiB"),
  memoryLimitMiB: whole(16, 1048576).optional().describe("most memory that it may use, in MiB"),
});
const sizeWithData = z.strictObject({
  ...size.shape,
  storageGiB: whole(1, 65536).optional().describe("room for its data, in GiB"),
});

const command = z.array(anyText, { error: "a list, as in [streamlit, run, app.py]" }).min(1).optional();

const key = secret().refine(keyRule.accepts, { error: keyRule.takes }).meta({ secret: true });

/** What the Skill manager takes from a stack. */
export const skillsSettings = {
  elasticsearch: z
    .strictObject({
      copies: whole(1, 9).optional().describe("copies of Elasticsearch; one if it is left out"),
      mapped: flag.optional().describe("are indices mapped into memory, which the kernel has to allow?"),
    })
    .optional()
    .describe("how the platform's own Elasticsearch runs"),
  model: model.optional().describe("language model; gemma2:2b if it is left out"),
  gpus: whole(0, 16).optional().describe("graphics processors of Ollama; none if it is left out"),
  embedding: z
    .strictObject({
      model: inForm("model").optional().describe("its name on the hub; all-MiniLM-L6-v2 if it is left out"),
      dimensions: whole(1, 4096).optional().describe("numbers that a vector of it has"),
      revision: inForm("revision").optional().describe("branch, tag or commit; main if it is left out"),
      source: source.optional().describe("where it comes from"),
    })
    .optional()
    .describe("the model that skills are found by"),
  mcpApiKeys: z
    .strictObject(
      {
        current: key.describe("key that agents are given"),
        previous: key.optional().describe("key that some still have, and that is valid as well"),
      },
      { error: "{ current, previous }" },
    )
    .optional()
    .describe("keys of agents; one is generated if it is left out"),
  sizes: z
    .strictObject({
      backend: size.optional(),
      dashboard: size.optional(),
      elasticsearch: sizeWithData.optional(),
      ollama: sizeWithData.optional(),
    })
    .optional()
    .describe("sizes of your own, service by service"),
  commands: z
    .strictObject({ backend: command, dashboard: command, download: command })
    .optional()
    .describe("commands of your images, where they are not the usual ones"),
} as const;

const login = z.strictObject(
  { user: anyText.describe("user to log in as"), password: secret().describe("its password") },
  { error: "{ user, password }" },
);

/** Servers that somebody else may run in the place of the Skill manager's own. */
export const skillsExternal = {
  elasticsearch: z
    .strictObject(
      {
        url: external.ollama.shape.url.describe("address, as https://host:9200"),
        admin: login.optional().describe("an administrator, who makes user and index"),
        clients: z
          .strictObject({ [CLIENT]: login })
          .optional()
          .describe("the backend's user, who is there already"),
      },
      { error: "{ url } with admin or clients" },
    )
    .refine(({ admin, clients }) => admin !== undefined || clients !== undefined, {
      error: "{ url } with admin or clients",
    })
    .optional(),
  ollama: external.ollama.optional(),
} as const;
