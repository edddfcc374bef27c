import { describe, expect, it } from "vitest";
import { isHidden, type Reference, textOf } from "../../../components/model/reference.ts";
import { externalMongodb } from "../../../components/services/external-mongodb.ts";
import { settled } from "../../support/outputs.ts";

const text = async (reference: Reference) => (await settled(textOf(reference))).value;
const databases = { orders: { user: "o'hara", password: "a/b:c@d" } };

describe("a MongoDB server that somebody else runs", () => {
  it.each([
    [
      "mongodb://db.example.com",
      "mongodb://o'hara:a%2Fb%3Ac%40d@db.example.com:27017/orders?authSource=admin",
    ],
    [
      "mongodb://db.example.com:27018/?tls=true&replicaSet=rs0",
      "mongodb://o'hara:a%2Fb%3Ac%40d@db.example.com:27018/orders?tls=true&replicaSet=rs0&authSource=admin",
    ],
    [
      "mongodb+srv://cluster.example.net/?retryWrites=true",
      "mongodb+srv://o'hara:a%2Fb%3Ac%40d@cluster.example.net/orders?retryWrites=true&authSource=admin",
    ],
  ])("is told as %s, and to its clients as %s", async (url, expected) => {
    const { url: told, user, password } = externalMongodb({ url, databases }).database("orders");
    expect(await text(told)).toBe(expected);
    expect([await text(user), await text(password)]).toEqual(["o'hara", "a/b:c@d"]);
    expect([told, user, password].map(isHidden)).toEqual([true, false, true]);
  });

  it("[G5] lies outside, and its clients may open its port and nothing else", () => {
    const { url } = externalMongodb({ url: "mongodb://db.example.com:27018", databases }).database("orders");
    expect(url.grants.map(({ endpoint: { host, outside, ports } }) => [host, outside, ports])).toEqual([
      ["db.example.com", true, { server: { number: 27018 } }],
      ["db.example.com", true, { server: { number: 27018 } }],
    ]);
  });

  it("knows a database and its user by its own names", async () => {
    const given = { user: "app", password: "x", database: "shop orders", authSource: "users" };
    const server = externalMongodb({ url: "mongodb://db", databases: { orders: given } });
    const { url, name } = server.database("orders");
    expect(await text(url)).toBe("mongodb://app:x@db:27017/shop%20orders?authSource=users");
    expect(await text(name)).toBe("shop orders");
  });

  it("gives no database that is not given", () => {
    expect(() => externalMongodb({ url: "mongodb://db", databases }).database("invoices")).toThrow(
      'no database "invoices" is given of "db"; given are: orders',
    );
  });

  it("[G3] is refused with a user, a password or a database in its URL, without repeating them", () => {
    const refusals = [
      ["mongodb://root:hunter2@db", 'the URL of "db" holds a password; give it by itself'],
      ["mongodb://root@db", 'the URL of "db" names a user or a database; give them under databases'],
      ["mongodb://db/orders", 'the URL of "db" names a user or a database; give them under databases'],
      ["postgres://root:hunter2@db", /^the URL of a server can't be read; write it as in "mongodb:\/\//],
    ] as const;
    for (const [url, message] of refusals) expect(() => externalMongodb({ url, databases })).toThrow(message);
  });
});
