import * as pulumi from "@pulumi/pulumi";
import type { Target } from "../model/target.ts";
import { passwordProblems } from "../secrets/strong-password.ts";
import { modelProblems, type Problem, refuse, sizeProblems } from "./problems.ts";
import type { MelvinArgs } from "./melvin-args.ts";
import { DATABASE, severalMayWrite, sizes } from "./melvin-services.ts";

/** What of the arguments is checked; what has a default may be missing. */
type Checked = Omit<MelvinArgs, "target" | "host" | "images" | "publicImages" | "environment"> & {
  readonly target: Pick<Target, "folders">;
};

/** Most requests a second that Scryfall allows (its API documentation, "Rate Limits"). */
export const SCRYFALL_LIMIT = 10;

/**
 * Checks arguments, before anything is made.
 *
 * @throws InputPropertiesError with all mistakes
 */
export function checkMelvin(args: Checked): void {
  refuse(melvinProblems(args));
}

/** Everything that is wrong with arguments. Secrets are in none of the answers. */
export function melvinProblems(args: Checked): readonly Problem[] {
  const checks = [adminProblems, scryfallProblems, apiProblems, storeProblems, ollamaProblems];
  return [...checks.flatMap((check) => [...check(args)]), ...sizeProblems(args.sizes ?? {}, sizes)];
}

/**
 * The administrator's password, if it keeps to the policy: for one that is known only while resources are made.
 *
 * @throws RunError, without the password, if it does not
 */
export function acceptedPassword(password: string): string {
  const problems = passwordProblems(password);
  if (problems.length === 0) return password;
  throw new pulumi.RunError(`admin.password ${problems.join(", ")}`);
}

function* adminProblems({ admin = {} }: Checked): Iterable<Problem> {
  const { name = "admin", password } = admin;
  if (!/^[\w.+-]{1,64}(@[\w.-]{1,190})?$/.test(name)) {
    const reason = `is "${name}"; it takes a name of letters, digits and . _ + -, or an e-mail address`;
    yield { propertyPath: "admin.name", reason };
  }
  if (typeof password !== "string") return;
  for (const reason of passwordProblems(password)) yield { propertyPath: "admin.password", reason };
}

function* scryfallProblems({ scryfall = {} }: Checked): Iterable<Problem> {
  const { requestsPerSecond = SCRYFALL_LIMIT, cacheDirectory = "/cache" } = scryfall;
  if (!(requestsPerSecond > 0 && requestsPerSecond <= SCRYFALL_LIMIT)) {
    const reason = `is ${requestsPerSecond}; it takes more than 0, and ${SCRYFALL_LIMIT} at most, as Scryfall allows`;
    yield { propertyPath: "scryfall.requestsPerSecond", reason };
  }
  if (
    !/^(\/[\w.-]*\w[\w.-]*)+$/.test(cacheDirectory) ||
    /^\/(tmp|run|proc|sys|dev)(\/|$)/.test(cacheDirectory)
  ) {
    const reason = `is "${cacheDirectory}"; it takes an absolute path without a slash at its end, and not below /tmp, /run, /proc, /sys or /dev`;
    yield { propertyPath: "scryfall.cacheDirectory", reason };
  }
}

function* apiProblems({ apis = {}, apiPort = 8000 }: Checked): Iterable<Problem> {
  if (!(Number.isInteger(apiPort) && apiPort >= 1024 && apiPort <= 65535)) {
    const reason = `is ${apiPort}; it takes a whole number from 1024 to 65535: lower ones are for root`;
    yield { propertyPath: "apiPort", reason };
  }
  for (const [name, { url }] of Object.entries(apis)) {
    if (!/^[a-z][a-z0-9_]{0,40}$/.test(name) || TAKEN.has(name)) {
      const taken = [...TAKEN].join(", ");
      const reason = `is no name of an API; it takes small letters, digits and underscores, and none of ${taken}`;
      yield { propertyPath: `apis.${name}`, reason };
    }
    // What can't be read may hold a password, so it is not repeated.
    if (!/^https?:\/\/[^\s@]+$/.test(url) || !URL.canParse(url))
      yield { propertyPath: `apis.${name}.url`, reason: "takes https://host/path; the key stands by itself" };
  }
}

/** Names whose variables the platform sets itself. */
const TAKEN: ReadonlySet<string> = new Set(["qdrant", "scryfall"]);

function* storeProblems(args: Checked): Iterable<Problem> {
  const { vectors = { kind: "qdrant" }, external = {}, ingestion = "worker", databaseCopies = 1 } = args;
  const { postgres, mongodb } = external;
  for (const store of ["qdrant", "chroma"] as const) {
    if (!external[store] || vectors.kind === store) continue;
    const reason = `is given, and vectors are kept in ${vectors.kind}; set vectors to { kind: ${store} }, or leave it out`;
    yield { propertyPath: `external.${store}`, reason };
  }
  if (!severalMayWrite[vectors.kind] && ingestion === "api") {
    const reason = `is "api", whose processes would write one index at the same time; with vectors of kind ${vectors.kind}, it takes "worker" or "job"`;
    yield { propertyPath: "ingestion", reason };
  }
  if (postgres && databaseCopies > 1)
    yield {
      propertyPath: "databaseCopies",
      reason: `is ${databaseCopies}, and PostgreSQL runs elsewhere; leave it out`,
    };
  if (postgres && !postgres.admin && !postgres.databases?.[DATABASE]) {
    const reason = `has neither an admin, who could make the database "${DATABASE}", nor that one among its databases`;
    yield { propertyPath: "external.postgres", reason };
  }
  if (mongodb && !mongodb.databases[DATABASE])
    yield {
      propertyPath: "external.mongodb",
      reason: `has no "${DATABASE}" among its databases; give user and password`,
    };
}

function ollamaProblems({ model, gpus, external = {}, target }: Checked): Iterable<Problem> {
  return modelProblems({ model, gpus, isElsewhere: external.ollama !== undefined, target });
}
