import { z } from "zod";
import { DATABASE } from "../components/platforms/melvin-services.ts";
import { passwordProblems } from "../components/secrets/strong-password.ts";
import { external, externalPostgres } from "./external.ts";
import { MODEL_FOLDER } from "./folders.ts";
import { oneOf, secret, whole } from "./settings.ts";

const text = z.string({ error: "text" }).min(1, { error: "text" });

/** Text of which a sentence says what is wrong; the text itself is a secret. */
const strongPassword = secret()
  .superRefine((password, context) => {
    const problems = passwordProblems(password);
    if (problems.length === 0) return;
    const message = `8 characters or more, with capital and small letters, a digit and a symbol; this one ${problems.join(", ")}`;
    context.addIssue({ code: "custom", message, input: password });
  })
  .meta({ secret: true, description: "password of the first administrator; generated if it is left out" });

const vectors = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({
      kind: z.literal("qdrant"),
      copies: whole(1, 9).optional().describe("copies of Qdrant; one if it is left out"),
    }),
    z.strictObject({ kind: z.literal("chroma") }),
    z.strictObject({ kind: z.literal("faiss") }),
  ],
  { error: "{ kind: qdrant }, { kind: chroma } or { kind: faiss }" },
);

const sha256 = z
  .string({ error: "64 hexadecimal digits in small letters" })
  .regex(/^[0-9a-f]{64}$/, { error: "64 hexadecimal digits in small letters" })
  .describe("SHA-256 that it must have");

const archive = z.union(
  [
    z.strictObject({
      sha256,
      url: z.url({ protocol: /^https?$/ }).describe("where the model is downloaded"),
    }),
    z.strictObject({
      sha256,
      folder: z.literal(MODEL_FOLDER),
      path: text.describe("where the model is within that folder"),
    }),
  ],
  { error: `{ url, sha256 } or { folder: ${MODEL_FOLDER}, path, sha256 }` },
);

const modelName = text.describe("name of the model, as in llama3.2:3b");

const model = z.union(
  [
    z.strictObject({ name: modelName, digest: sha256.optional() }),
    z.strictObject({ name: modelName, archive }),
  ],
  { error: "{ name, digest } for a model that is pulled, or { name, archive } for one that is given" },
);

const cores = z.number({ error: "a number of cores" }).positive({ error: "a number of cores" });
const size = z
  .strictObject({
    cpuRequest: cores.optional().describe("cores that are reserved"),
    cpuLimit: cores.optional().describe("most cores that it may use"),
    memoryRequestMiB: whole(16, 1048576).optional().describe("memory that is reserved, in MiB"),
    memoryLimitMiB: whole(16, 1048576).optional().describe("most memory that it may use, in MiB"),
    storageGiB: whole(1, 65536).optional().describe("room for its data, in GiB"),
  })
  .optional();
const sizeWithoutData = z.strictObject(size.unwrap().omit({ storageGiB: true }).shape).optional();

const command = z.array(text, { error: "a list, as in [python, -m, app.worker]" }).min(1).optional();

const requestsPerSecond = "a number of requests above 0, 10 at most, as Scryfall allows";

/** What the platform Melvin takes from a stack. */
export const melvinSettings = {
  vectors: vectors.optional().describe("where vectors are kept; in Qdrant if it is left out"),
  databaseCopies: whole(1, 9).optional().describe("copies of the database server; one if it is left out"),
  ingestion: oneOf(["worker", "job", "api"])
    .optional()
    .describe("who reads cards from Scryfall; a worker of its own if it is left out"),
  model: model.optional().describe("language model; llama3.2:3b if it is left out"),
  gpus: whole(0, 16).optional().describe("graphics processors of Ollama; none if it is left out"),
  admin: z
    .strictObject({
      name: text.optional().describe("name or e-mail address of the first administrator"),
      password: strongPassword.optional(),
    })
    .optional()
    .describe("the first administrator"),
  scryfall: z
    .strictObject({
      requestsPerSecond: z
        .number({ error: requestsPerSecond })
        .gt(0, { error: requestsPerSecond })
        .max(10, { error: requestsPerSecond })
        .optional()
        .describe("most requests a second; 10 if it is left out"),
      cacheDirectory: text.optional().describe("folder in the container in which cards are kept"),
    })
    .optional()
    .describe("how Scryfall is asked"),
  apis: z
    .record(
      z
        .string()
        .regex(/^[a-z][a-z0-9_]{0,40}$/, { error: "a name of small letters, digits and underscores" }),
      z.strictObject(
        { url: z.url({ protocol: /^https?$/ }).describe("its address"), key: secret().describe("its key") },
        { error: "{ url, key }" },
      ),
    )
    .optional()
    .describe("APIs elsewhere that the api may ask, by name"),
  apiPort: whole(1024, 65535)
    .optional()
    .describe("port that the api listens on in its container; 8000 if it is left out"),
  sizes: z
    .strictObject({
      api: sizeWithoutData,
      worker: size,
      postgres: size,
      mongodb: size,
      qdrant: size,
      chroma: size,
      ollama: size,
    })
    .optional()
    .describe("sizes of your own, service by service"),
  commands: z
    .strictObject({
      api: command,
      worker: command,
      workerCheck: command,
      migrations: command,
      admin: command,
      ingestion: command,
    })
    .optional()
    .describe("commands of your images, where they are not the usual ones"),
} as const;

/** Servers that somebody else may run in the place of Melvin's own. */
export const melvinExternal = {
  postgres: externalPostgres([DATABASE]).optional(),
  mongodb: externalMongodb([DATABASE]).optional(),
  qdrant: external.qdrant.optional(),
  chroma: external.chroma.optional(),
  ollama: external.ollama.optional(),
} as const;

/** A MongoDB server elsewhere, whose databases are given. */
function externalMongodb<Name extends string>(names: readonly Name[]) {
  const login = {
    user: text.describe("user to log in as"),
    password: secret().describe("its password"),
    database: text.optional().describe("name of the database"),
    authSource: text.optional().describe("database that the user was made in; admin if it is left out"),
  };
  const given = z.strictObject(login, { error: "{ user, password }" });
  const form = "mongodb://host:27017, or mongodb+srv://; user, password and database stand by themselves";
  return z.strictObject(
    {
      url: z.string({ error: form }).superRefine((url, context) => {
        if (/^mongodb(\+srv)?:\/\/[^\s/@]+\/?(\?[^\s@]*)?$/.test(url)) return;
        const input = url.replace(/\/\/.*@/s, "//[secret]@");
        context.addIssue({ code: "custom", message: form, input });
      }),
      databases: z.strictObject(
        Object.fromEntries(names.map((name) => [name, given])) as Record<Name, typeof given>,
        { error: `{ ${names.join(", ")} }, each with user and password` },
      ),
    },
    { error: "{ url, databases }" },
  );
}
