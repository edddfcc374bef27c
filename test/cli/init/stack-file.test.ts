import { describe, expect, it } from "vitest";
import { z } from "zod";
import { difference } from "../../../cli/init/difference.ts";
import { Secret } from "../../../cli/init/secret.ts";
import { stackFileOf } from "../../../cli/init/stack-file.ts";
import { secret, structured } from "../../../stacks/settings.ts";

const shape = {
  platform: z.string(),
  keys: structured(z.strictObject({ plain: z.string().optional(), openai: secret().optional() })).prefault(
    {},
  ),
  apis: structured(
    z.record(z.string(), z.strictObject({ url: z.string().optional(), key: secret() })),
  ).optional(),
  list: structured(z.array(z.strictObject({ name: z.string(), key: secret() }))).optional(),
};

describe("a stack file", () => {
  it("[G3] has no secrets; they have the paths that Pulumi sets them by", () => {
    const { text, secrets } = stackFileOf(
      {
        platform: "x",
        keys: { openai: new Secret("sk-1") },
        apis: { "a.b": { key: new Secret("sk-2") }, plain: { url: "u", key: new Secret("sk-3") } },
        list: [{ name: "first", key: new Secret("sk-4") }],
      },
      shape,
    );
    expect(text).not.toContain("sk-");
    expect(Object.entries(secrets).map(([path, value]) => [path, value.reveal()])).toEqual([
      ["keelson:keys.openai", "sk-1"],
      ['keelson:apis["a.b"].key', "sk-2"],
      ["keelson:apis.plain.key", "sk-3"],
      ["keelson:list[0].key", "sk-4"],
    ]);
  });

  it("leaves out groups in which nothing was set", () => {
    const { text } = stackFileOf({ platform: "x", keys: {} }, shape);
    expect(text).not.toContain("keys");
  });

  it("is refused with everything that is wrong, without the secrets", () => {
    const make = () =>
      stackFileOf({ keys: { openai: new Secret("sk-1"), plain: 5 }, other: { of: "another" } }, shape);
    expect(make).toThrow(/3 mistakes/);
    expect(make).toThrow(/keelson:keys\.plain is \[secret\]/);
    expect(make).not.toThrow(/sk-1/);
  });
});

describe("the difference of two files", () => {
  it("marks the lines that go and those that come, in their places", () => {
    expect(difference("a\nb\nc\nd\n", "a\nc\nx\nd\ne\n")).toBe("  a\n- b\n  c\n+ x\n  d\n+ e");
  });

  it("of the same text is that text", () => {
    expect(difference("a\nb\n", "a\nb\n")).toBe("  a\n  b");
  });
});
