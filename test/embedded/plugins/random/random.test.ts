import { compare } from "bcryptjs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { random } from "../../../../embedded/plugins/random/provider.ts";
import { text as string } from "../../../support/recordings.ts";
import { Kind } from "../../../support/resource.ts";

const of = (name: string) => new Kind(random, `random:index/${name.replace("R", "r")}:${name}`);
const text = of("RandomString");
const password = of("RandomPassword");

const kinds = [
  ["Upper", /[A-Z]/g],
  ["Lower", /[a-z]/g],
  ["Numeric", /[0-9]/g],
  ["Special", /[!@#$%&*()\-_=+[\]{}<>:?]/g],
] as const;

describe("a random text", () => {
  it("has the wanted length, at least the wanted number of each kind of characters, and no others", async () => {
    const minimums = fc.record(Object.fromEntries(kinds.map(([kind]) => [`min${kind}`, fc.nat(4)])));
    await fc.assert(
      fc.asyncProperty(minimums, fc.nat(20), async (wanted, more) => {
        const length = 1 + Object.values(wanted).reduce((one, other) => one + other, 0) + more;
        const { outputs } = await text.create({ ...wanted, length });
        const result = string(outputs["result"]);
        expect(result).toHaveLength(length);
        for (const [kind, pattern] of kinds)
          expect(result.match(pattern)?.length ?? 0).toBeGreaterThanOrEqual(wanted[`min${kind}`] ?? 0);
      }),
    );
  });

  it("has only the characters that it may have", async () => {
    const { outputs } = await text.create({
      length: 200,
      upper: false,
      numeric: false,
      overrideSpecial: "é",
    });
    expect(outputs["result"]).toMatch(/^[a-zé]{200}$/);
    expect(outputs).toMatchObject({ number: false, numeric: false });
  });

  it("is another each time", async () => {
    const made = await Promise.all(Array.from({ length: 50 }, () => text.create({ length: 24 })));
    expect(new Set(made.map(({ id }) => id)).size).toBe(50);
  });

  it.each([
    [{ length: 3, minUpper: 2, minLower: 2 }, /length is 3, but must be at least 4/],
    [{ length: 3, upper: false, lower: false, numeric: false, special: false }, /at least one of upper/],
    [{ length: 3, number: true, numeric: false }, /both configured with different values/],
    [{ length: 0 }, /'0' cannot be lower than 1. Examine values at 'thing.length'/],
    [{}, /Missing required property 'length'/],
  ])("is refused for %j", async (inputs, reason) => {
    expect(await text.failures(inputs)).toEqual([expect.stringMatching(reason)]);
  });
});

describe("a random password", () => {
  it("comes with a bcrypt hash of itself, and does not name itself", async () => {
    const { id, outputs } = await password.create({ length: 20 });
    expect(id).toBe("none");
    expect(outputs["bcryptHash"]).toMatch(/^\$2a\$10\$/);
    expect(await compare(string(outputs["result"]), string(outputs["bcryptHash"]))).toBe(true);
  });

  it("is imported by its value", async () => {
    const found = await password.import("s3cret");
    expect(found).toMatchObject({
      id: "none",
      outputs: { result: "s3cret", length: 6 },
      inputs: { length: 6 },
    });
  });

  it("is kept by a refresh, and replaced when its keepers change", async () => {
    const inputs = { length: 12, keepers: { rotation: "1" } };
    const { id, outputs } = await password.create(inputs);
    expect((await password.refresh(id, outputs, inputs))?.outputs).toEqual(outputs);
    const difference = await password.diff(outputs, inputs, { ...inputs, keepers: { rotation: "2" } });
    expect(difference).toMatchObject({ changed: true, replaces: ["keepers"] });
  });
});

describe("random identifiers", () => {
  it("are the same bytes in each encoding", async () => {
    const { id, outputs } = await of("RandomId").create({ byteLength: 9, prefix: "k-" });
    const bytes = Buffer.from(id, "base64url");
    expect(bytes).toHaveLength(9);
    expect(outputs).toMatchObject({
      b64Url: `k-${id}`,
      b64Std: `k-${bytes.toString("base64")}`,
      hex: `k-${bytes.toString("hex")}`,
      dec: `k-${BigInt(`0x${bytes.toString("hex")}`)}`,
    });
    expect((await of("RandomId").import(`k-,${id}`))?.outputs).toMatchObject(outputs);
  });

  it("have the form of their version of UUID, and the time in version 7", async () => {
    const before = Date.now();
    const { id } = await of("RandomUuid7").create({});
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(id.replace("-", "").slice(0, 12), 16)).toBeGreaterThanOrEqual(before);
    expect((await of("RandomUuid4").create({})).id).toMatch(/-4[0-9a-f]{3}-[89ab]/);
    expect((await of("RandomUuid").create({})).id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it("are refused on import if they are none", async () => {
    await expect(of("RandomUuid").import("nothing")).rejects.toThrow("'nothing' is not a UUID of this kind");
    await expect(of("RandomBytes").import("?")).rejects.toThrow("the id to import is not base64");
  });
});

describe("random draws", () => {
  it("lie within their bounds, which are both reached", async () => {
    const made = await Promise.all(
      Array.from({ length: 100 }, () => of("RandomInteger").create({ min: -1, max: 1 })),
    );
    expect(new Set(made.map(({ outputs }) => outputs["result"]))).toEqual(new Set([-1, 0, 1]));
  });

  it("are the same for the same seed", async () => {
    const [one, other] = await Promise.all(
      ["7", "7"].map((seed) => of("RandomInteger").create({ min: 0, max: 1e9, seed })),
    );
    expect(one?.id).toBe(other?.id);
  });

  it("take every input before they take one again", async () => {
    const inputs = ["a", "b", "c"];
    const { outputs } = await of("RandomShuffle").create({ inputs, resultCount: 5 });
    const results = outputs["results"] as readonly string[];
    expect(results).toHaveLength(5);
    expect(results.slice(0, 3).toSorted()).toEqual(inputs);
  });

  it("refuse bounds the wrong way round, and an import that does not name them", async () => {
    expect(await of("RandomInteger").failures({ min: 2, max: 1 })).toEqual([
      "min is 2, but must be at most max, which is 1",
    ]);
    await expect(of("RandomInteger").import("5")).rejects.toThrow("write {result},{min},{max}");
    expect((await of("RandomInteger").import("5,1,9"))?.inputs).toEqual({ min: 1, max: 9 });
  });

  it("make a pet's name of as many words as wanted", async () => {
    const { id } = await of("RandomPet").create({ length: 3, prefix: "my", separator: "." });
    expect(id).toMatch(/^my\.[a-z]+\.[a-z]+\.[a-z]+$/);
  });
});
