import { homedir } from "node:os";
import * as path from "node:path";
import { autoName } from "../../provider/bridge/auto-name.ts";
import type { CheckRequest } from "../../provider/questions.ts";
import { isValues, type Value, type Values } from "../../provider/value.ts";
import { valuesOfFiles, withOverrides } from "./values.ts";

/** Seconds that the official plugin gives a release. */
const defaultTimeoutSeconds = 300;

/** Of names that are made up. */
const suffixLength = 8;

/** What the official plugin's state says of a release where the program says nothing; other inputs are no part of it. */
const unset = {
  allowNullValues: false,
  atomic: false,
  chart: "",
  cleanupOnFail: false,
  createNamespace: false,
  dependencyUpdate: false,
  description: "",
  devel: false,
  disableCRDHooks: false,
  disableOpenapiValidation: false,
  disableWebhooks: false,
  forceUpdate: false,
  keyring: "",
  lint: false,
  name: "",
  namespace: "",
  postrender: "",
  recreatePods: false,
  renderSubchartNotes: false,
  replace: false,
  resetValues: false,
  reuseValues: false,
  skipAwait: false,
  skipCrds: false,
  timeout: 0,
  verify: false,
  version: "",
  waitForJobs: false,
} as const satisfies Values;

const unsetRepository = {
  caFile: "",
  certFile: "",
  keyFile: "",
  password: "",
  repo: "",
  username: "",
} as const satisfies Values;

/** A release as the program wants it, with all that it left out. */
export type Release = { readonly [Name in keyof typeof unset]: Widened<(typeof unset)[Name]> } & {
  readonly values: Values;
  readonly repositoryOpts?: Values;
  readonly maxHistory?: number;
};

type Widened<Type> = Type extends boolean ? boolean : Type extends number ? number : string;

/** Reads inputs that were checked, without marks of secrets. */
export function releaseOf(inputs: Values): Release {
  return completed(inputs) as unknown as Release;
}

/** How long a release may take to be there; 0 means the default, too. */
export function timeoutSeconds({ timeout }: Release): number {
  return timeout === 0 ? defaultTimeoutSeconds : timeout;
}

/** The inputs with all that the program left out: a name of its own, the provider's namespace, and the defaults. */
export function wholeInputs(given: Values, old: Values, request: CheckRequest, namespace: string): Values {
  const adopted = Object.keys(old).length > 0 && given["name"] === undefined ? old["name"] : given["name"];
  const name = isBlank(adopted) ? autoName(request, suffixLength) : (adopted ?? "");
  return withDefaults({ ...given, name }, namespace);
}

/** The inputs with the defaults that depend on one another. */
export function withDefaults(given: Values, namespace: string): Values {
  const waits = given["skipAwait"] !== true && given["timeout"] === undefined;
  const needsKeyring = given["verify"] === true && isBlank(given["keyring"]);
  return completed({
    ...given,
    ...(isBlank(given["namespace"]) && { namespace }),
    ...(waits && { timeout: defaultTimeoutSeconds }),
    ...(needsKeyring && { keyring: path.join(homedir(), ".gnupg", "pubring.gpg") }),
  });
}

function completed(given: Values): Values {
  const { repositoryOpts, maxHistory, values, valueYamlFiles } = given;
  const known = Object.keys(unset).flatMap((name): [string, Value][] => {
    const value = given[name];
    return value === undefined || value === null ? [] : [[name, value]];
  });
  return {
    ...unset,
    ...Object.fromEntries(known),
    ...(isValues(repositoryOpts) && { repositoryOpts: { ...unsetRepository, ...repositoryOpts } }),
    ...(typeof maxHistory === "number" && { maxHistory }),
    values: isValues(values) || values === undefined ? merged(valueYamlFiles, values) : values,
  };
}

function merged(files: Value | undefined, values: Values = {}): Values {
  return withOverrides(valuesOfFiles(files), values);
}

function isBlank(value: Value | undefined): boolean {
  return value === undefined || value === null || value === "";
}
