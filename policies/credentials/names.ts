/** Last words of the names that credentials go by. Names such as `…_FILE`, `…_PATH` or `…_NAME` end otherwise. */
const LAST_WORDS = [
  "PASSWORD",
  "PASSWD",
  "PASSPHRASE",
  "_PASS",
  "_PWD",
  "SECRET",
  "TOKEN",
  "CREDENTIAL",
  "CREDENTIALS",
  "API_KEY",
  "APIKEY",
  "ACCESS_KEY",
  "SECRET_KEY",
  "PRIVATE_KEY",
  "SIGNING_KEY",
  "ENCRYPTION_KEY",
  // The variables by which redis-cli and the Neo4j image take their password.
  "REDISCLI_AUTH",
  "NEO4J_AUTH",
];

/** Whether a variable, option or key is named as credentials are: `POSTGRES_PASSWORD`, `--api-key`, `jwtSecret2`. */
export function namesCredential(name: string): boolean {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, "$1_$2")
    .replaceAll(/[^A-Za-z\d]+/g, "_")
    .replace(/_?\d+$/, "")
    .toUpperCase();
  return LAST_WORDS.some((last) => words.endsWith(last));
}

/** Whether a text can stand under such a name and tell nothing: a path, a reference to a variable, a switch. */
export function tellsNothing(text: string): boolean {
  return text === "" || SWITCH.test(text) || REFERENCE.test(text) || PATH.test(text);
}

const SWITCH = /^(true|false|yes|no|on|off|none|null)$/i;
const REFERENCE = /^\$(?:[A-Za-z_{(]|\d+$)/;
/** At least two segments, since base64 can begin with a slash too. */
const PATH = /^(?:\.{1,2}|\/[\w.@-]+)(?:\/[\w.@-]+)+\/?$/;

/** A name and what is assigned to it, in a command, a query, JSON, YAML or a properties file. */
const ASSIGNMENT = /(?<![\w${])([A-Za-z][\w.-]*)["']?[ \t]*[=:][ \t]*(?:"([^"]*)"|'([^']*)'|([^\s"',;&}]+))/g;

/** The first name in a text to which a credential is assigned; `undefined` where there is none. */
export function assignedCredential(text: string): string | undefined {
  for (const [, name = "", ...values] of text.matchAll(ASSIGNMENT)) {
    if (namesCredential(name) && !tellsNothing(values.find((value) => value !== undefined) ?? ""))
      return name;
  }
  return undefined;
}
