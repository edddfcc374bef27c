import { describe, expect, it } from "vitest";
import { assignedCredential, namesCredential, tellsNothing } from "../../../policies/credentials/names.ts";

describe("[G3] names of credentials", () => {
  it.each([
    "POSTGRES_PASSWORD",
    "PGPASSWORD",
    "--api-key",
    "jwtSecretKey",
    "AUTH_TOKEN_2",
    "smtp.pass",
    "MYSQL_PWD",
  ])("%s names a credential", (name) => expect(namesCredential(name)).toBe(true));

  it.each([
    "POSTGRES_PASSWORD_FILE",
    "TOKEN_PATH",
    "SECRET_NAME",
    "PWD",
    "COMPASS",
    "PUBLIC_KEY",
    "--auth-host",
  ])("%s names none", (name) => expect(namesCredential(name)).toBe(false));

  it.each([
    "",
    "true",
    "/run/keelson/password",
    "./password.txt/",
    "$PASSWORD",
    "${PASSWORD}",
    "$(cat /run/password)",
  ])("the text %j tells nothing", (text) => expect(tellsNothing(text)).toBe(true));

  it.each(["hunter2", "/Zm9vYmFy+w==", "12345", "$3cret!"])("the text %j may be a credential", (text) =>
    expect(tellsNothing(text)).toBe(false),
  );

  it.each([
    ["PASSWORD=x", "PASSWORD"],
    ['{"api_key": "x"}', "api_key"],
    ["db:\n  password: x\n", "password"],
    ["curl http://api/?user=a&token=x", "token"],
    ["export A=b; SECRET='x y'", "SECRET"],
  ])("%j assigns a credential to %s", (text, name) => expect(assignedCredential(text)).toBe(name));

  it.each([
    '[ -n "$PASSWORD" ] && echo "$TOKEN"',
    "password: ${PASSWORD}",
    '{"password": ""}',
    "a token is needed",
  ])("%j assigns none", (text) => expect(assignedCredential(text)).toBeUndefined());
});
