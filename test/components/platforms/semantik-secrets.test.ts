import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { judged, secretProblem, secretRules } from "../../../components/platforms/semantik-secrets.ts";

const HEX = "0123456789abcdef".repeat(4);

/** The promises that an output is made of. */
interface Parts {
  readonly isKnown: Promise<boolean>;
  readonly isSecret: Promise<boolean>;
  promise(): Promise<string>;
}

describe("rules of Semantik's secrets", () => {
  it.each([
    ["jwtSecretKey", HEX],
    ["jwtSecretKey", HEX.toUpperCase()],
    ["postgresPassword", "a-password.of_thirty-two.characters"],
    ["superuserPassword", "Chosen.2026"],
  ] as const)("[K2] accept as %s what the document wants", (name, secret) => {
    expect(secretProblem(name, secretRules[name], secret)).toEqual([]);
  });

  it.each([
    ["jwtSecretKey", HEX.slice(2)],
    ["jwtSecretKey", `${HEX.slice(1)}g`],
    ["jwtSecretKey", "CHANGE_THIS_TO_A_STRONG_SECRET_KEY"],
    ["postgresPassword", "thirty-one-characters-in-all..."],
    ["postgresPassword", "<secure-pass-of-32-characters-or-more>"],
    ["postgresPassword", "change me, I am only a placeholder"],
    ["postgresPassword", "your_password_with_thirty-two_characters"],
    ["superuserPassword", "Change-this.1"],
    ["superuserPassword", "Nosymbols2026"],
  ] as const)("[K2] refuse as %s what is too short, of another form or a placeholder: %s", (name, secret) => {
    const [problem = ""] = secretProblem(name, secretRules[name], secret);
    expect(problem).toBe(`${name} is [secret]; it takes ${secretRules[name].takes}`);
  });

  it("[K2] judge an output when it is known, and don't repeat it", async () => {
    const of = (secret: string) => {
      const output = judged("jwtSecretKey", secretRules.jwtSecretKey, pulumi.output(secret));
      const parts = output as unknown as Parts;
      // They fail with the value, and nobody else asks for them here.
      for (const part of [parts.isKnown, parts.isSecret]) part.catch(() => "expected");
      return parts.promise();
    };
    expect(await of(HEX)).toBe(HEX);
    const refusal = await of("given-in-vain").catch((error: Error) => error.message);
    expect(refusal).toContain("jwtSecretKey is [secret]; it takes 32 bytes as 64 hexadecimal digits");
    expect(refusal).not.toContain("given-in-vain");
  });
});
