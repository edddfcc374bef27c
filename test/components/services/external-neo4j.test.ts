import { describe, expect, it } from "vitest";
import { isHidden, type Reference, textOf } from "../../../components/model/reference.ts";
import { externalNeo4j } from "../../../components/services/external-neo4j.ts";
import { settled } from "../../support/outputs.ts";

const text = async (reference: Reference) => (await settled(textOf(reference))).value;

describe("a Neo4j server that somebody else runs", () => {
  it.each([
    ["neo4j+s://a1.databases.neo4j.io", "neo4j+s://a1.databases.neo4j.io:7687"],
    ["neo4j://graph.example.com:17687", "neo4j://graph.example.com:17687"],
    ["bolt+s://graph.example.com/", "bolt+s://graph.example.com:7687"],
    ["neo4j://graph.example.com?policy=eu", "neo4j://graph.example.com:7687?policy=eu"],
  ])("is told as %s, and to its clients as %s", async (url, expected) => {
    expect(await text(externalNeo4j({ url, password: "x" }).url)).toBe(expected);
  });

  it("[G5] is told in parts, too, its password as a secret, and opens the way to its own port", async () => {
    const { url, host, port, user, password } = externalNeo4j({
      url: "neo4j+s://graph.example.com",
      user: "app",
      password: "p/w",
    });
    expect(await Promise.all([host, port, user, password].map(text))).toEqual([
      "graph.example.com",
      "7687",
      "app",
      "p/w",
    ]);
    expect([url, host, port, user, password].map(isHidden)).toEqual([false, false, false, false, true]);
    const ways = url.grants.map(({ endpoint, port: name }) => [
      endpoint.outside,
      endpoint.ports[name]!.number,
    ]);
    expect(new Set(ways.map(String))).toEqual(new Set(["true,7687"]));
  });

  it("[G3] is refused with a user, a password or a path in its URL, without repeating the password", () => {
    const making = (url: string) => () => externalNeo4j({ url, password: "x" });
    expect(making("neo4j://app:hunter2@graph")).toThrow(
      'the URL of "graph" holds a password; give it by itself',
    );
    const advice =
      'the URL of "graph" names a user or a path; give the user by itself, and leave the path out';
    expect(making("neo4j://app@graph")).toThrow(advice);
    expect(making("bolt://graph/movies")).toThrow(advice);
    expect(making("http://graph:7474")).toThrow(
      /^the URL of a server can't be read; write it as in "neo4j\+s:/,
    );
  });
});
