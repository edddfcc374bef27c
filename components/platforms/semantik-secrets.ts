import * as pulumi from "@pulumi/pulumi";
import { passwordProblems } from "../secrets/strong-password.ts";

/** What a secret has to be that is given and not generated. */
export interface SecretRule {
  /** What it takes, for people. */
  readonly takes: string;
  readonly accepts: (secret: string) => boolean;
}

/** What documents and examples have in the place of a secret. */
const PLACEHOLDER =
  /(change|replace)[\s_-]?(this|me|it)|place[\s_-]?holder|^(your|insert|example|some)[\s_-]|^<.*>$|^\$\{.*\}$|^(.)\4*$/i;

const rule = (takes: string, accepts: (secret: string) => boolean): SecretRule => ({
  takes: `${takes}, and no placeholder`,
  accepts: (secret) => !PLACEHOLDER.test(secret) && accepts(secret),
});

/** The rules of the platform's document, by what they are for. */
export const secretRules = {
  jwtSecretKey: rule("32 bytes as 64 hexadecimal digits, as `openssl rand -hex 32` writes them", (secret) =>
    /^[0-9a-f]{64}$/i.test(secret),
  ),
  postgresPassword: rule("32 characters or more", (secret) => secret.length >= 32),
  superuserPassword: rule(
    "8 characters or more, with a capital and a small letter, a digit and a symbol",
    (secret) => passwordProblems(secret).length === 0,
  ),
} as const satisfies Readonly<Record<string, SecretRule>>;

/** What is wrong with a secret, in words that do not repeat it; nothing where it is not known yet. */
export function secretProblem(
  path: string,
  { takes, accepts }: SecretRule,
  given: pulumi.Input<string> | undefined,
): readonly string[] {
  return typeof given !== "string" || accepts(given) ? [] : [`${path} is [secret]; it takes ${takes}`];
}

/** A secret that is judged as soon as it is known. */
export function judged(path: string, of: SecretRule, given: pulumi.Input<string>): pulumi.Input<string> {
  if (typeof given === "string") return given;
  return pulumi.output(given).apply((secret) => {
    const [reason] = secretProblem(path, of, secret);
    if (reason === undefined) return secret;
    throw new pulumi.InputPropertiesError({ message: reason, errors: [{ propertyPath: path, reason }] });
  });
}
