import { describe, expect, it } from "vitest";
import { isHidden, type Setting, textOf } from "../../../components/model/reference.ts";
import { permissionsOf } from "../../../components/model/workload.ts";
import type { DocumentDatabase } from "../../../components/services/document-database.ts";
import { Mongodb } from "../../../components/services/mongodb.ts";
import { deploy } from "../../support/engine.ts";
import { settled } from "../../support/outputs.ts";
import { RecordingTarget } from "../../support/recording-target.ts";

const text = async (setting: Setting) => (await settled(textOf(setting))).value;

/** A database of a server, and what its target was asked for. */
async function databaseOf(name = "order_items") {
  const target = new RecordingTarget();
  let database: DocumentDatabase;
  const all = await deploy(async () => {
    database = new Mongodb("mongodb", { target }).database(name);
    await settled(database.url.value);
  });
  return { target, all, database: database!, job: target.jobs["mongodb-order-items-database"]! };
}

describe("a database of a MongoDB server", () => {
  it("is told to its client as a URL and in parts, the secret ones as secrets", async () => {
    const { database } = await databaseOf();
    const { url, address, host, port, name, user, password } = database;
    const secret = "generated-by-mongodb-order_items";
    expect(await text(url)).toBe(
      `mongodb://order_items:${secret}@mongodb:27017/order_items?authSource=order_items`,
    );
    expect(await Promise.all([address, host, port, name, user, password].map(text))).toEqual([
      "mongodb:27017",
      "mongodb",
      "27017",
      "order_items",
      "order_items",
      secret,
    ]);
    expect([url, password].every(isHidden)).toBe(true);
    expect([address, host, port, name, user].some(isHidden)).toBe(false);
  });

  it("[G5] opens the server's port to its client and to the job that makes its user, and no other", async () => {
    const { database, job } = await databaseOf();
    for (const grants of [database.url.grants, database.host.grants, permissionsOf(job)])
      expect(new Set(grants.map(({ endpoint: { host }, port }) => `${host} ${port}`))).toEqual(
        new Set(["mongodb mongodb"]),
      );
  });

  it("[G3] comes with a user made by a job that has the passwords in a secret file, and not on its command line", async () => {
    const { job } = await databaseOf();
    expect(isHidden(job.files!["create.js"]!)).toBe(true);
    expect(Object.values(job.env ?? {}).some(isHidden)).toBe(false);
    expect(job.command).toEqual([
      ...["mongosh", "--quiet", "--norc", "--nodb"],
      ...["--file", "/run/keelson/create.js"],
    ]);
    const script = await text(job.files!["create.js"]!);
    expect(script).toContain('connect("mongodb://keelson:generated-by-mongodb-admin@mongodb:27017/admin")');
    expect(script).toContain('pwd: "generated-by-mongodb-order_items"');
  });

  it("[G6] keeps its password and the administrator's for as long as there is data", async () => {
    const { all } = await databaseOf();
    const passwords = all.filter(({ type }) => type.endsWith("RandomPassword"));
    expect(passwords.map(({ name, protect }) => [name, protect])).toEqual([
      ["mongodb-admin", true],
      ["mongodb-order_items", true],
    ]);
  });

  it.each(["Orders", "1st", "a-b", 'x"); db.dropUser("y', "a".repeat(64), "", "admin", "config", "local"])(
    "is not made by the name %j",
    async (name) => {
      await expect(databaseOf(name)).rejects.toThrow(
        `"${name}" is no name of a database; use small letters, digits and underscores, starting with a letter, 63 at most, and none of admin, config, local`,
      );
    },
  );
});
