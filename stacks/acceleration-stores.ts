import { z } from "zod";
import { inOrder, type ServiceName } from "../components/platforms/acceleration-services.ts";
import { port, secret, whole } from "./settings.ts";

const text = z.string({ error: "text" }).min(1, { error: "text" });

/** Where a server is, by a URL without a password; one that holds one is not repeated. */
const address = (form: RegExp, message: string) =>
  z.string({ error: message }).superRefine((url, context) => {
    if (form.test(url)) return;
    const input = url.replace(/\/\/.*@/s, "//[secret]@");
    context.addIssue({ code: "custom", message, input });
  });

const login = { user: text, password: secret(), database: text.optional() };
const givenDatabase = z.strictObject(login, { error: "{ user, password, database }" }).optional();
const givenDatabases = Object.fromEntries(inOrder.map((service) => [service, givenDatabase])) as Record<
  ServiceName,
  typeof givenDatabase
>;

const externalDatabase = z
  .strictObject({
    kind: z.literal("external"),
    host: text.regex(/^[^\s/:@]+$/, { error: 'a host name or an address, as in "db.example.com"' }),
    port: port.optional(),
    authority: text.regex(/^-----BEGIN CERTIFICATE-----\s/, {
      error: "the certificate of the authority that signed the server's, in PEM",
    }),
    admin: z.strictObject(login, { error: "{ user, password, database }" }).optional(),
    databases: z.strictObject(givenDatabases).optional(),
  })
  .superRefine(({ admin, databases }, context) => {
    if (admin) return;
    const missing = (path: string[], message: string) =>
      context.addIssue({ code: "custom", path, message, input: undefined });
    if (!databases)
      return missing(["admin"], "{ user, password }, unless databases has one for each service");
    for (const service of inOrder.filter((name) => !databases[name]))
      missing(["databases", service], "{ user, password }, unless an admin is given, who makes it");
  });

/** What Acceleration keeps its data in, as a stack says it. */
export const accelerationStores = {
  database: z
    .discriminatedUnion(
      "kind",
      [
        z.strictObject({ kind: z.literal("own") }),
        z.strictObject({ kind: z.literal("replicated"), copies: whole(2, 9).optional() }),
        externalDatabase,
      ],
      {
        error:
          "{ kind: own }, { kind: replicated } or { kind: external, host, authority } with admin or databases",
      },
    )
    .optional(),
  redis: z
    .discriminatedUnion(
      "kind",
      [
        z.strictObject({ kind: z.literal("own") }),
        z.strictObject({
          kind: z.literal("external"),
          url: address(
            /^rediss?:\/\/([^\s/:@]+@)?[^\s/:@]+(:\d+)?(\/\d*)?$/,
            "rediss://host:port/0, or redis:// for a server without TLS; the password stands by itself",
          ),
          password: secret(),
        }),
      ],
      { error: "{ kind: own } or { kind: external, url, password }" },
    )
    .optional(),
  vectors: z
    .discriminatedUnion(
      "kind",
      [
        z.strictObject({ kind: z.literal("chroma") }),
        z.strictObject({
          kind: z.literal("external-chroma"),
          url: address(/^https?:\/\/[^\s@]+$/, "https://host:port, or http://; the token stands by itself"),
          token: secret().optional(),
        }),
        z.strictObject({
          kind: z.literal("pinecone"),
          indexUrl: z.url({ error: "the address of the index, as https://…" }),
          apiKey: secret(),
        }),
      ],
      {
        error: "{ kind: chroma }, { kind: external-chroma, url } or { kind: pinecone, indexUrl, apiKey }",
      },
    )
    .optional(),
} as const;
