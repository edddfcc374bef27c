import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redactor } from "../../../images/reference-app/redaction.ts";

describe("redactor", () => {
  it.each([
    ["in clear", "p@ss/w:rd", "login with p@ss/w:rd failed"],
    ["URL-encoded", "p@ss/w:rd", "cannot reach redis://:p%40ss%2Fw%3Ard@cache"],
    ["decoded, when it was taken from a URL", "p%40ss", "p@ss was refused"],
    ["within JSON", 'quote"slash\\', JSON.stringify({ password: 'quote"slash\\' })],
  ])("[G3] masks a secret %s", (_, secret, text) => {
    const masked = redactor([secret])(text);
    expect(masked).toContain("•••");
    expect(masked).not.toContain(secret);
    expect(masked).not.toContain("ss/w");
    expect(masked).not.toContain("p@ss");
  });

  it("leaves nothing of a secret that begins as another one does", () => {
    expect(redactor(["abcd", "abcdef"])("abcdef")).toBe("•••");
  });

  it("leaves texts alone that hold no secret", () => {
    expect(redactor(["a-secret", "", "ok"])("all is ok")).toBe("all is ok");
  });

  it("[G3] lets no secret of four characters or more through, wherever it stands in a line of the log", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4 }), fc.string(), fc.string(), (secret, before, after) => {
        const line = redactor([secret])(JSON.stringify({ text: before + secret + after }));
        const spelled = JSON.stringify(secret).slice(1, -1);
        expect(line).toContain("•••");
        expect(line.split("•••").filter((piece) => piece.includes(spelled))).toEqual([]);
      }),
    );
  });
});
