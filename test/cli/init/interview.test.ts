import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ask } from "../../../cli/init/interview.ts";
import type { Choice, Questioner } from "../../../cli/init/questioner.ts";
import { Secret } from "../../../cli/init/secret.ts";
import type { Offers } from "../../../cli/targets/target.ts";
import { oneOf, port, secret, whole } from "../../../stacks/settings.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const values = (choices: readonly Choice[]) => choices.map(({ value }) => value).join(",");

type Reply = string | boolean | readonly string[];

/** Somebody who gives these answers one after the other, again until one is taken. */
function scripted(...replies: Reply[]) {
  const asked: string[] = [];
  const complaints: string[] = [];
  const next = (question: string): Reply => {
    asked.push(question);
    if (replies.length === 0) throw new Error(`nothing is left to answer "${question}"`);
    return replies.shift()!;
  };
  const typed: Questioner["hidden"] = async ({ name, message, objection }) => {
    for (;;) {
      const text = next(`${message} (${name})`) as string;
      const wrong = objection(text);
      if (wrong === undefined) return text;
      complaints.push(wrong);
    }
  };
  const questioner: Questioner = {
    text: typed,
    hidden: typed,
    confirm: async ({ message }) => next(message) as boolean,
    choose: async ({ message, choices }) => next(`${message} ${values(choices)}`) as string,
    several: async ({ message, choices }) => next(`${message} ${values(choices)}`) as readonly string[],
    complain: (objections) => complaints.push(...objections),
    show: () => undefined,
  };
  return { asked, complaints, questioner, left: () => replies };
}

async function answer(schema: z.ZodType, replies: readonly Reply[], offers: Offers = {}) {
  const somebody = scripted(...replies);
  const value = await ask(schema, ["group"], { questioner: somebody.questioner, offers });
  expect(somebody.left()).toEqual([]);
  return { value, ...somebody };
}

describe("a question", () => {
  it("has the setting's description and its name", async () => {
    const { asked } = await answer(port.describe("port for HTTP").optional(), ["80"]);
    expect(asked).toEqual(["port for HTTP (keelson:group)"]);
  });

  it("is asked again with the program's own words until the answer is one", async () => {
    const { value, complaints } = await answer(whole(1, 9), ["ten", "", "10", "7"]);
    expect(value).toBe(7);
    expect(complaints).toEqual(Array(3).fill("takes a whole number from 1 to 9"));
  });

  it("offers the words of a choice", async () => {
    const { value, asked } = await answer(oneOf(["off", "internal"]), ["internal"]);
    expect(value).toBe("internal");
    expect(asked).toEqual(["group off,internal"]);
  });

  it("offers what was found, and something else", async () => {
    const offers = { group: [{ value: "home" }, { value: "office" }] };
    expect((await answer(z.string(), ["office"], offers)).value).toBe("office");
    expect((await answer(z.string(), ["another", "attic"], offers)).value).toBe("attic");
  });

  it("keeps a secret apart", async () => {
    const { value } = await answer(secret(), ["sesame"]);
    expect(value).toBeInstanceOf(Secret);
    expect(JSON.stringify({ value })).not.toContain("sesame");
    expect(String(value)).not.toContain("sesame");
    expect((value as Secret).reveal()).toBe("sesame");
  });

  it("asks for the file of what has several lines", async () => {
    const folder = temporaryFolder({ "key.pem": "one\ntwo\n" });
    const schema = secret().meta({ lines: true });
    const { value, complaints } = await answer(schema, [`${folder}/none.pem`, folder, `${folder}/key.pem`]);
    expect((value as Secret).reveal()).toBe("one\ntwo\n");
    expect(complaints).toEqual(["takes the path of a file that there is", expect.stringContaining("EISDIR")]);
  });
});

describe("a group of settings", () => {
  const group = z.strictObject({ size: whole(1, 9), port: port.optional(), name: z.string().optional() });

  it("is asked for what it must have, and for what was chosen of the rest", async () => {
    const { value, asked } = await answer(group, ["3", ["port"], "8080"]);
    expect(value).toEqual({ size: 3, port: 8080 });
    expect(asked).toEqual([
      "size (keelson:group.size)",
      "group: what else to set? port,name",
      "port (keelson:group.port)",
    ]);
  });

  it("has those chosen beforehand for which something was found", async () => {
    const initial: (readonly string[])[] = [];
    const { questioner } = scripted("3", "box");
    const several: Questioner["several"] = async (question) => {
      initial.push(question.initial);
      return question.initial;
    };
    const offers = { "group.name": [{ value: "box" }] };
    const value = await ask(group, ["group"], { questioner: { ...questioner, several }, offers });
    expect(initial).toEqual([["name"]]);
    expect(value).toEqual({ size: 3, name: "box" });
  });

  it("is asked again when its parts do not fit together, which is said without secrets", async () => {
    const together = z
      .strictObject({ first: secret(), second: secret() })
      .refine(({ first, second }) => first !== second, { error: "two that differ" });
    const { value, complaints } = await answer(together, ["same", "same", "one", "two"]);
    expect((value as { second: Secret }).second.reveal()).toBe("two");
    expect(complaints).toEqual(["keelson:group takes two that differ"]);
  });

  it("asks nothing where nothing can be set", async () => {
    expect((await answer(z.strictObject({}), [])).value).toEqual({});
  });
});

describe("alternatives", () => {
  it("are told apart by their kind", async () => {
    const store = z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("own") }),
      z.strictObject({ kind: z.literal("external"), port }),
    ]);
    const { value, asked } = await answer(store, ["external", "5432"]);
    expect(value).toEqual({ kind: "external", port: 5432 });
    expect(asked[0]).toBe("group own,external");
  });

  it("are told apart by what they consist of, where they have no kind", async () => {
    const model = z.union([z.strictObject({ name: z.string() }), z.strictObject({ url: z.string(), port })]);
    expect((await answer(model, ["url, port", "a", "1"])).value).toEqual({ url: "a", port: 1 });
  });
});

describe("lists", () => {
  it("end when no more is wanted", async () => {
    expect((await answer(z.array(port), ["1", true, "2", false])).value).toEqual([1, 2]);
  });

  it("by name end with an empty name", async () => {
    const { value } = await answer(z.record(z.string().max(3), port), ["sql", "1", "long", "web", "2", ""]);
    expect(value).toEqual({ sql: 1, web: 2 });
  });
});

it("a setting of a type without a question is a mistake of the program, and is said", async () => {
  await expect(answer(z.date(), [])).rejects.toThrow('no question for a setting of the type "date"');
});
