import { describe, expect, it } from "vitest";
import { isHidden, Reference, type Setting, textOf } from "../../../components/model/reference.ts";
import type { Target } from "../../../components/model/target.ts";
import { authority } from "../../../components/secrets/certificate.ts";
import type { Database, DatabaseServer } from "../../../components/services/database.ts";
import { ExternalPostgres } from "../../../components/services/external-postgres.ts";
import { Postgres } from "../../../components/services/postgres.ts";
import { ReplicatedPostgres } from "../../../components/services/replicated-postgres.ts";
import { ComponentResource } from "@pulumi/pulumi";
import { deploy } from "../../support/engine.ts";
import { settled } from "../../support/outputs.ts";
import { RecordingTarget } from "../../support/recording-target.ts";

const PEM = "-----BEGIN CERTIFICATE-----\nprovider\n-----END CERTIFICATE-----";
const OUTSIDE = { host: "db.example.com", port: 6432, authority: PEM };
const ADMIN = { user: "boss", password: "p@ss/word" };

/** Every way to have a server, by its name, with a certificate that clients can check. */
const servers: Readonly<Record<string, (target: Target, parent: ComponentResource) => DatabaseServer>> = {
  own: (target, parent) => new Postgres("postgres", { target, authority: authority("authority", parent) }),
  replicated: (target, parent) =>
    new ReplicatedPostgres("postgres", { target, authority: authority("authority", parent) }),
  "external, by its administrator": (target) =>
    new ExternalPostgres("postgres", { target, ...OUTSIDE, admin: ADMIN }),
  "external, as given": (target) =>
    new ExternalPostgres("postgres", { target, ...OUTSIDE, databases: { order_items: ADMIN } }),
};

/** A database of a server, and what its target was asked for. */
async function databaseOf(
  server: (target: Target, parent: ComponentResource) => DatabaseServer,
  name = "order_items",
) {
  const target = new RecordingTarget();
  let database: Database;
  const all = await deploy(async () => {
    const parent = new ComponentResource("test:Parent", "parent");
    database = server(target, parent).database(name);
    await settled(database.url.value);
  });
  return { target, all, database: database! };
}

const text = async (setting: Setting) => (await settled(textOf(setting))).value;

describe.each(Object.entries(servers))("a database of a server that is %s", (_, server) => {
  it("is told to its client as a URL and in parts, the secret ones as secrets, and leads to the server", async () => {
    const { database } = await databaseOf(server);
    const { url, urlFor, address, host, port, name, user, password, authority: signer } = database;
    const [hostName, number] = [await text(host), await text(port)];
    expect(await text(address)).toBe(`${hostName}:${number}`);
    const userinfo = [await text(user), await text(password)].map(encodeURIComponent).join(":");
    const rest = `${userinfo}@${hostName}:${number}/${await text(name)}`;
    expect(await text(url)).toBe(`postgresql://${rest}`);
    expect(await text(urlFor("postgresql+asyncpg"))).toBe(`postgresql+asyncpg://${rest}`);
    expect([url, urlFor("x"), password].every(isHidden)).toBe(true);
    expect([host, port, name, user, signer!].some(isHidden)).toBe(false);
    for (const { grants } of [url, address, host, port])
      expect(grants.map(({ endpoint: { host: owner }, port: of }) => [owner, of])).toContainEqual([
        hostName,
        "sql",
      ]);
  });

  it("[A7] comes with the certificate by which the server is known", async () => {
    const { database } = await databaseOf(server);
    expect(await text(database.authority!)).toMatch(
      /^(certificate-of-authority|-----BEGIN CERTIFICATE-----)/,
    );
  });
});

const made = Object.entries(servers).filter(([name]) => name !== "external, as given");

describe.each(made)("the job that makes a database on a server that is %s", (_, server) => {
  it("[A7] checks whom it tells the administrator's password", async () => {
    const { target } = await databaseOf(server);
    const { env, files } = target.jobs["postgres-order-items-database"]!;
    expect(env).toMatchObject({ PGSSLMODE: "verify-full", PGSSLROOTCERT: "/run/keelson/authority.pem" });
    expect(files).toHaveProperty(["authority.pem"]);
  });

  it("[G3] has the administrator's password and the new one as secrets only, and not on its command line", async () => {
    const { target } = await databaseOf(server);
    const { env = {}, files = {}, command } = target.jobs["postgres-order-items-database"]!;
    expect(isHidden(env["PGPASSWORD"]!)).toBe(true);
    expect(isHidden(files["create.sql"]!)).toBe(true);
    expect(command.join(" ")).not.toMatch(/generated|p@ss/);
    expect(await text(files["create.sql"]!)).toContain(
      "alter role order_items password 'generated-by-postgres-order_items'",
    );
  });
});

describe("a database", () => {
  it.each(["Orders", "1st", "a-b", "x; drop table y", "a".repeat(64), ""])(
    "is not made by the name %j",
    async (name) => {
      const making = databaseOf((target) => new Postgres("postgres", { target }), name);
      await expect(making).rejects.toThrow(`"${name}" is no name of a database; use small letters`);
    },
  );

  it("is made over a connection as the server has it, when nobody signs a certificate", async () => {
    const { target, database } = await databaseOf((given) => new Postgres("postgres", { target: given }));
    expect(database).not.toHaveProperty("authority");
    expect(target.jobs["postgres-order-items-database"]!.env).not.toHaveProperty("PGSSLMODE");
  });
});

describe("a PostgreSQL server that somebody else runs", () => {
  it("[G5] lies outside, and its clients may open its port and nothing else", async () => {
    const { database, target } = await databaseOf(servers["external, as given"]!);
    expect(
      database.url.grants.map(({ endpoint: { host, outside, ports } }) => ({ host, outside, ports })),
    ).toEqual(
      Array.from({ length: 2 }, () => ({
        host: "db.example.com",
        outside: true,
        ports: { sql: { number: 6432 } },
      })),
    );
    expect(target).toMatchObject({ workloads: {}, servers: {}, jobs: {} });
  });

  it("is asked for databases by its own names, with credentials that may hold anything", async () => {
    const databases = { orders: { user: "o'hara", password: "a/b:c@d", database: "shop orders" } };
    const { database } = await databaseOf(
      (target) => new ExternalPostgres("postgres", { target, host: "db", databases }),
      "orders",
    );
    expect(await text(database.url)).toBe("postgresql://o'hara:a%2Fb%3Ac%40d@db:5432/shop%20orders");
    expect(await text(database.password)).toBe("a/b:c@d");
  });

  it("gives no database that is not given, when there is no administrator to make it", async () => {
    const making = databaseOf(servers["external, as given"]!, "invoices");
    await expect(making).rejects.toThrow(
      'no database "invoices" is given of "postgres", and no administrator who could make it; given are: order_items',
    );
  });
});

describe("a replicated PostgreSQL server", () => {
  it("has three copies with the parameters of a single one, and proves itself for the name that clients use", async () => {
    const { target, all } = await databaseOf(servers["replicated"]!);
    const { admin, identity, ...plain } = target.servers["postgres"]!;
    expect(plain).toMatchObject({
      program: "postgresql",
      copies: 3,
      parameters: { shared_buffers: "256MB", max_connections: "300" },
      user: { uid: 999, gid: 999 },
    });
    expect([admin, identity!.key].every(isHidden)).toBe(true);
    const request = all.find(({ type }) => type.endsWith("CertRequest"))!;
    expect(request.inputs["dnsNames"]).toEqual(["postgres"]);
    expect(identity!.authority).toBeInstanceOf(Reference);
  });
});
