import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Endpoint,
  grantsOf,
  ref,
  Reference,
  type Setting,
} from "../../../components/model/reference.ts";
import { settled } from "../../support/outputs.ts";

const endpoint: fc.Arbitrary<Endpoint> = fc.record({
  host: fc.stringMatching(/^[a-z]{1,8}$/),
  ports: fc.record({ main: fc.record({ number: fc.integer({ min: 1, max: 65535 }) }) }),
  ready: fc.constant([]),
});
const reference: fc.Arbitrary<Reference> = fc.oneof(
  endpoint.map((to) => Reference.to(to, "main")),
  endpoint.map((to) => Reference.host(to, "main")),
  fc.string().map((text) => Reference.hidden(text)),
  fc.string().map((text) => Reference.plain(text)),
);
const setting: fc.Arbitrary<Setting> = fc.oneof(reference, fc.string(), fc.integer(), fc.boolean());
const settings = fc.array(setting, { maxLength: 5 });

/** Composes settings with nothing between them. */
const compose = (parts: readonly Setting[]) => Reference.join(Array(parts.length + 1).fill(""), parts);
const references = (parts: readonly Setting[]) => parts.filter((part) => part instanceof Reference);

describe("a reference", () => {
  it("[G5] grants the port that it names, and nothing else", () => {
    fc.assert(
      fc.property(endpoint, (to) => {
        for (const made of [Reference.to(to, "main"), Reference.host(to, "main"), Reference.port(to, "main")])
          expect(grantsOf([made])).toEqual([{ endpoint: to, port: "main" }]);
      }),
    );
  });

  it("[G5] grants, composed with others, exactly what they grant together", () => {
    fc.assert(
      fc.property(settings, (parts) => {
        expect(new Set(compose(parts).grants)).toEqual(
          new Set(references(parts).flatMap(({ grants }) => grants)),
        );
      }),
    );
  });

  it("[G3] is secret as soon as one part of it is, and its value with it", async () => {
    await fc.assert(
      fc.asyncProperty(settings, async (parts) => {
        const composed = compose(parts);
        const expected = references(parts).some(({ secret }) => secret);
        expect(composed.secret).toBe(expected);
        expect((await settled(composed.value)).secret).toBe(expected);
      }),
      { numRuns: 30 },
    );
  });

  it("reads as its parts do, in their order", async () => {
    const to = { host: "cache", ports: { redis: { number: 6379 } }, ready: [] };
    const url = ref`redis://:${Reference.hidden("p4ss")}@${Reference.to(to, "redis")}/${0}`;
    expect(await settled(url.value)).toEqual({ value: "redis://:p4ss@cache:6379/0", secret: true });
  });

  it("grants nothing by plain settings, whatever they read like", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.integer())), (parts) => {
        expect(grantsOf([...parts, "http://postgres:5432"])).toEqual([]);
      }),
    );
  });

  it("refuses a port that the endpoint has not, and names those it has", () => {
    const to = { host: "db", ports: { sql: { number: 5432 } }, ready: [] };
    expect(() => Reference.to(to, "http")).toThrow('"db" has no port "http"; it has: sql');
  });
});

describe("a reference to the outside", () => {
  it.each([
    ["https://api.example.com/v1", "api.example.com", 443],
    ["http://box.local/health", "box.local", 80],
    ["https://box.local:8443", "box.local", 8443],
    ["redis://cache.local:6380/1", "cache.local", 6380],
  ])("[G5] leaves by the port of %s", (url, host, number) => {
    const [grant] = Reference.outside(url).grants;
    expect(grant!.endpoint).toMatchObject({ host, outside: true, ports: { outside: { number } } });
  });

  it.each(["not a url", "redis://cache.local/1"])("is refused where no port can be told: %s", (url) => {
    expect(() => Reference.outside(url)).toThrow(url);
  });
});
