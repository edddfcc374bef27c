import { describe, expect, it } from "vitest";
import { isHidden, type Reference, textOf } from "../../../components/model/reference.ts";
import { externalChroma } from "../../../components/services/external-chroma.ts";
import { externalRedis } from "../../../components/services/external-redis.ts";
import { settled } from "../../support/outputs.ts";

const text = async (reference: Reference) => (await settled(textOf(reference))).value;
const waysOut = ({ grants }: Reference) =>
  grants.map(({ endpoint: { host, outside, ports }, port }) => [host, outside, ports[port]!.number]);

describe("a Redis server that somebody else runs", () => {
  it.each([
    ["rediss://cache.example.com:6380/2", "rediss://:p%2Fw@cache.example.com:6380/2"],
    ["redis://cache.example.com", "redis://:p%2Fw@cache.example.com:6379/0"],
    ["rediss://app@cache.example.com/", "rediss://app:p%2Fw@cache.example.com:6379/0"],
  ])("is told as %s, and to its clients as %s", async (url, expected) => {
    const server = externalRedis({ url, password: "p/w" });
    expect(await text(server.url)).toBe(expected);
    expect(await text(server.password)).toBe("p/w");
    expect([server.url, server.password].map(isHidden)).toEqual([true, true]);
    expect(isHidden(server.address)).toBe(false);
  });

  it("[G5] opens the way to its own port and to nothing else", () => {
    const { url, address } = externalRedis({ url: "rediss://cache.example.com:6380", password: "x" });
    const way = ["cache.example.com", true, 6380];
    expect([waysOut(url), waysOut(address)]).toEqual([
      [way, way],
      [way, way],
    ]);
  });

  it("[G3] is refused with a password in its URL, without repeating it", () => {
    const making = () => externalRedis({ url: "rediss://:hunter2@cache.example.com", password: "x" });
    expect(making).toThrow('the URL of "cache.example.com" holds a password; give it by itself');
    expect(() => externalRedis({ url: "amqp://:hunter2@cache", password: "x" })).toThrow(
      /^the URL of a server can't be read; write it as in "redis:\/\/server.example.com" or "rediss:/,
    );
  });
});

describe("a Chroma server that somebody else runs", () => {
  it("is told by its URL and in parts, its token as a secret", async () => {
    const { url, host, port, token } = externalChroma({
      url: "https://chroma.example.com/tenant/",
      token: "t0k3n",
    });
    expect(await Promise.all([url, host, port, token!].map(text))).toEqual([
      "https://chroma.example.com:443/tenant",
      "chroma.example.com",
      "443",
      "t0k3n",
    ]);
    expect([url, host, port, token!].map(isHidden)).toEqual([false, false, false, true]);
    expect(externalChroma({ url: "http://chroma:8000" })).not.toHaveProperty("token");
  });

  it("is refused by a URL that is not one of HTTP", () => {
    expect(() => externalChroma({ url: "chroma.example.com" })).toThrow(
      `the URL of a server can't be read; write it as in "https://server.example.com" or "http://server.example.com"`,
    );
  });
});
