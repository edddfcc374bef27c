import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { codeOf } from "./errors.ts";

/** Variables by name, those given by file among them. */
export type Variables = Readonly<Record<string, string>>;

/** Names whose values are credentials. */
const credential = /(PASSWORD|KEYS?|TOKEN|SECRET)$/;

/** Names whose values are several credentials, with commas between them. */
const credentials = /KEYS$/;

/** Names whose values are addresses, which carry credentials. */
const address = /_(URL|URI)$/;

/**
 * The environment with the values that are given by file: `NAME_FILE=/run/secrets/name` gives NAME, unless NAME is set.
 *
 * @throws Error when a file that should hold a credential can't be read.
 */
export function readEnvironment(environment: NodeJS.ProcessEnv): Variables {
  const variables = Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  for (const [variable, file] of Object.entries(variables)) {
    const name = variable.replace(/_FILE$/, "");
    // Others, such as LOG_FILE, name a file that is the program's own.
    if (name === variable || name in variables || !(credential.test(name) || address.test(name))) continue;
    variables[name] = readValue(variable, file);
  }
  return variables;
}

function readValue(variable: string, file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    const reason = codeOf(error) ?? "unknown reason";
    throw new Error(
      `${variable} names ${file}, which cannot be read (${reason}): mount it, or unset ${variable}`,
      {
        cause: error,
      },
    );
  }
}

/** Values that must never be shown: those of variables that hold a credential, and the passwords within URLs. */
export function secretsOf(variables: Variables): readonly string[] {
  return Object.entries(variables).flatMap(([name, value]) => {
    if (credentials.test(name)) return [value, ...listed(value)];
    if (credential.test(name)) return [value];
    // An address with a mistake in it may hold its password anywhere.
    if (address.test(name) && !URL.canParse(value)) return [value];
    return [...value.matchAll(/\/\/[^/\s:@]*:([^/\s]+)@/g)].flatMap(([, password]) => password ?? []);
  });
}

/** The parts of a value that has commas between them; none where there is no value. */
export function listed(value = ""): readonly string[] {
  return value.split(",").filter((part) => part !== "");
}

/** The name of the service that is stood in for: SERVICE_NAME, else the host name. */
export function serviceName(variables: Variables): string {
  return variables["SERVICE_NAME"] || hostname();
}
