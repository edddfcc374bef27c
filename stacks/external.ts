import { z } from "zod";
import { port, secret, anyText } from "./settings.ts";

/** Where a server is, by a URL without a password; one that holds one is not repeated. */
const address = (form: RegExp, message: string) =>
  z.string({ error: message }).superRefine((url, context) => {
    if (form.test(url)) return;
    const input = url.replace(/\/\/.*@/s, "//[secret]@");
    context.addIssue({ code: "custom", message, input });
  });

const httpAddress = (secretPart: string) =>
  address(/^https?:\/\/[^\s@]+$/, `https://host:port, or http://; ${secretPart}`);

const login = {
  user: anyText.describe("role to log in as"),
  password: secret().describe("its password"),
  database: anyText.optional().describe("name of the database"),
};

/** A server elsewhere that HTTP leads to, and that knows its clients by a key. */
const keyed = <Name extends string>(name: Name, what: string) =>
  z.strictObject(
    {
      url: httpAddress(`the ${what} stands by itself`).describe("address, as https://host:port"),
      [name]: secret().optional().describe(`${what} that it asks for`),
    } as {
      url: z.ZodType<string>;
    } & Record<Name, z.ZodOptional<z.ZodString>>,
    { error: `{ url, ${name} }` },
  );

/** A PostgreSQL server elsewhere: an administrator makes the databases, or each is given. */
export function externalPostgres<Name extends string>(names: readonly Name[]) {
  const given = z
    .strictObject(login, { error: "{ user, password, database }" })
    .optional()
    .describe("the database of this service, which is there already");
  const databases = Object.fromEntries(names.map((name) => [name, given])) as Record<Name, typeof given>;
  return z
    .strictObject(
      {
        host: anyText
          .regex(/^[^\s/:@]+$/, { error: 'a host name or an address, as in "db.example.com"' })
          .describe("host name of the server"),
        port: port.optional().describe("its port; 5432 if it is left out"),
        authority: anyText
          .regex(/^-----BEGIN CERTIFICATE-----\s/, {
            error: "the certificate of the authority that signed the server's, in PEM",
          })
          .meta({ description: "the certificate of the server's authority, in PEM", lines: true }),
        admin: z
          .strictObject(login, { error: "{ user, password, database }" })
          .optional()
          .describe("an administrator, who makes the databases that are not given"),
        databases: z
          .strictObject(databases)
          .optional()
          .describe("databases that are there already, service by service"),
      },
      { error: "{ host, authority } with admin or databases" },
    )
    .superRefine(({ admin, databases: all }, context) => {
      if (admin) return;
      const missing = (path: string[], message: string) =>
        context.addIssue({ code: "custom", path, message, input: undefined });
      if (!all) return missing(["admin"], "{ user, password }, unless databases has all there are");
      for (const name of names.filter((each) => !Object.hasOwn(all, each)))
        missing(["databases", name], "{ user, password }, unless an admin is given, who makes it");
    });
}

/** Servers elsewhere, as a stack says them. */
export const external = {
  redis: z.strictObject(
    {
      url: address(
        /^rediss?:\/\/([^\s/:@]+@)?[^\s/:@]+(:\d+)?(\/\d*)?$/,
        "rediss://host:port/0, or redis:// for a server without TLS; the password stands by itself",
      ).describe("address, as rediss://host:6379/0"),
      password: secret().describe("its password"),
    },
    { error: "{ url, password }" },
  ),
  chroma: keyed("token", "token"),
  qdrant: keyed("apiKey", "key"),
  ollama: z.strictObject(
    { url: httpAddress("without a key").describe("address, as http://host:11434") },
    { error: "{ url }" },
  ),
  pinecone: z.strictObject(
    {
      indexUrl: z.url({ error: "the address of the index, as https://…" }).describe("address of the index"),
      apiKey: secret().describe("API key"),
    },
    { error: "{ indexUrl, apiKey }" },
  ),
} as const;
