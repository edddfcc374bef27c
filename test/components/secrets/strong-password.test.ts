import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { passwordProblems, strongPassword } from "../../../components/secrets/strong-password.ts";
import { random } from "../../../embedded/plugins/random/provider.ts";
import { deploy } from "../../support/engine.ts";
import { text } from "../../support/recordings.ts";
import { Kind } from "../../support/resource.ts";

const plugin = new Kind(random, "random:index/randomPassword:RandomPassword");

/** The one resource that a generated password is. */
async function registered() {
  const { ComponentResource } = await import("@pulumi/pulumi");
  const all = await deploy(() => strongPassword("admin", new ComponentResource("test:Parent", "parent")));
  return all.find(({ type }) => type.startsWith("random:"))!;
}

const oneOf = (characters: string) => fc.constantFrom(...characters.split(""));
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const KINDS = [
  ["has no capital letter from A to Z", oneOf(LETTERS.toUpperCase())],
  ["has no small letter from a to z", oneOf(LETTERS)],
  ["has no digit from 0 to 9", oneOf("0123456789")],
  ["has no symbol, such as ! or .", oneOf("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")],
] as const;

/** Texts of eight characters or more, with at least one of each of these kinds and none of others. */
const textOf = (kinds: readonly (readonly [string, fc.Arbitrary<string>])[]) =>
  fc
    .tuple(
      fc.tuple(...kinds.map(([, character]) => character)),
      fc.array(fc.oneof(...kinds.map(([, character]) => character)), { minLength: 8, maxLength: 40 }),
    )
    .map((characters) => characters.flat())
    .chain((characters) => fc.shuffledSubarray(characters, { minLength: characters.length }))
    .map((characters) => characters.join(""));

describe("a strong password", () => {
  it("[M4] satisfies the policy whenever it is generated, and needs no quoting", async () => {
    const { inputs } = await registered();
    await fc.assert(
      fc.asyncProperty(fc.constant(inputs), async (wanted) => {
        const { outputs } = await plugin.create({ ...wanted });
        const password = text(outputs["result"]);
        expect(passwordProblems(password)).toEqual([]);
        expect(password).toMatch(/^[A-Za-z0-9.]{24,}$/);
        expect(encodeURIComponent(password)).toBe(password);
      }),
      { numRuns: 20 },
    );
  });

  it("[G6] is protected, as data was made with it", async () => {
    expect((await registered()).protect).toBe(true);
  });
});

describe("the policy of passwords", () => {
  it("[M4] is satisfied by whatever has all kinds of characters, and eight or more", () => {
    fc.assert(
      fc.property(textOf(KINDS), (password) => {
        expect(passwordProblems(password)).toEqual([]);
      }),
    );
  });

  it("[M4] names exactly the kinds of characters that are missing", () => {
    const some = fc.subarray([...KINDS], { minLength: 1 });
    fc.assert(
      fc.property(
        some.chain((kinds) => fc.tuple(fc.constant(kinds), textOf(kinds))),
        ([kinds, password]) => {
          const missing = KINDS.filter((kind) => !kinds.includes(kind)).map(([problem]) => problem);
          expect(passwordProblems(password)).toEqual(missing);
        },
      ),
    );
  });

  it.each([
    ["aA1!aA1", ["has fewer than 8 characters"]],
    ["aA1!aA1!", []],
    // Two code units each: four characters, which look like eight.
    ["aA1!😀😀", ["has fewer than 8 characters"]],
    ["", expect.arrayContaining(["has fewer than 8 characters", "has no digit from 0 to 9"])],
    // Letters and digits of other scripts: not every checker of passwords counts them.
    ["ÄÖÜäöü١٢", expect.arrayContaining(["has no capital letter from A to Z", "has no digit from 0 to 9"])],
  ])("[M4] says of %j what it lacks", (password, problems) => {
    expect(passwordProblems(password)).toEqual(problems);
  });

  it("[M4, G3] never repeats the password", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 3 }), (password) => {
        const told = passwordProblems(password).join("\n");
        expect(told.includes(password) && !ALL_PROBLEMS.includes(password)).toBe(false);
      }),
    );
  });
});

/** What is said of the worst of passwords: a password that stands in there reveals nothing. */
const ALL_PROBLEMS = passwordProblems("").join("\n");
