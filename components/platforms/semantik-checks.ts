import * as pulumi from "@pulumi/pulumi";
import { externalQdrant } from "../services/external-qdrant.ts";
import { externalRedis } from "../services/external-redis.ts";
import { huggingFaceProblems } from "../services/hugging-face-model.ts";
import type { SemantikArgs } from "./semantik-args.ts";
import { secretProblem, secretRules } from "./semantik-secrets.ts";
import { DATABASE } from "./semantik-stores.ts";
import { variableProblem, type VariableName, variables } from "./semantik-variables.ts";

/**
 * Judges all that can be judged before anything is made.
 *
 * @throws InputPropertiesError with every mistake there is; secrets are not repeated
 */
export function refuseMistakes(args: SemantikArgs): void {
  const mistakes = [
    ...variableProblems(args),
    ...amountProblems(args),
    ...modelProblems(args),
    ...superuserProblems(args),
    ...secretProblems(args),
    ...databaseProblems(args),
    ...serverProblems(args),
  ];
  if (mistakes.length === 0) return;
  const message = `nothing was made, as there are mistakes: ${mistakes.join("; ")}`;
  const errors = mistakes.map((reason) => ({ propertyPath: reason.split(" ")[0]!, reason }));
  throw new pulumi.InputPropertiesError({ message, errors });
}

function variableProblems({ variables: given = {} }: SemantikArgs): readonly string[] {
  return Object.entries(given).flatMap(([name, value]) => {
    if (!Object.hasOwn(variables, name)) {
      const known = Object.keys(variables).join(", ");
      return [`variables.${name} is none that can be set; there are: ${known}`];
    }
    return variableProblem(`variables.${name}`, value, variables[name as VariableName]);
  });
}

function amountProblems(args: SemantikArgs): readonly string[] {
  const { gpus = 0, databaseCopies = 1, qdrantCopies = 1, storageGiB = {}, scaling = {} } = args;
  return [
    ...wholeFrom(0, "gpus", gpus),
    ...wholeFrom(1, "databaseCopies", databaseCopies),
    ...wholeFrom(1, "qdrantCopies", qdrantCopies),
    ...Object.entries(storageGiB).flatMap(([name, amount]) => wholeFrom(1, `storageGiB.${name}`, amount)),
    ...Object.entries(scaling).flatMap(([name, { min, max }]) => [
      ...wholeFrom(1, `scaling.${name}.min`, min),
      ...wholeFrom(min, `scaling.${name}.max`, max),
    ]),
  ];
}

function wholeFrom(lowest: number, path: string, value: number): readonly string[] {
  const fits = Number.isInteger(value) && value >= lowest;
  return fits ? [] : [`${path} is ${value}; it takes a whole number from ${lowest}`];
}

function modelProblems({ variables: given = {}, model = {} }: SemantikArgs): readonly string[] {
  const { fallback, form } = variables.DEFAULT_EMBEDDING_MODEL;
  // A name that can't be one is told of as a variable.
  const name = given.DEFAULT_EMBEDDING_MODEL ?? fallback;
  const judgeable = form.test(name) ? name : fallback;
  return huggingFaceProblems({ model: judgeable, ...model }).map((problem) => `model.${problem}`);
}

function superuserProblems({ superuser }: SemantikArgs): readonly string[] {
  const { name = "admin", email } = superuser ?? {};
  const isAddress = email === undefined || /^[^\s@]+@[^\s@]+$/.test(email);
  return [
    ...(/^[\w.-]{1,64}$/.test(name)
      ? []
      : [
          `superuser.name is ${JSON.stringify(name)}; it takes letters, digits, dots, dashes and underscores, 64 at most`,
        ]),
    ...(isAddress ? [] : [`superuser.email is "${email}"; it takes an address, as in "admin@example.com"`]),
  ];
}

function secretProblems({ jwtSecretKey, superuser, external }: SemantikArgs): readonly string[] {
  const given = external?.postgres?.databases?.[DATABASE]?.password;
  return [
    ...secretProblem("jwtSecretKey", secretRules.jwtSecretKey, jwtSecretKey),
    ...secretProblem("superuser.password", secretRules.superuserPassword, superuser?.password),
    ...secretProblem(GIVEN_PASSWORD, secretRules.postgresPassword, given),
  ];
}

/** Where the password of a database is that somebody else made. */
export const GIVEN_PASSWORD = `external.postgres.databases.${DATABASE}.password`;

function databaseProblems({ external, databaseCopies = 1 }: SemantikArgs): readonly string[] {
  if (!external?.postgres) return [];
  const { admin, databases } = external.postgres;
  return [
    ...(admin || databases?.[DATABASE]
      ? []
      : [
          `external.postgres has neither an admin, who could make the database "${DATABASE}", nor that one among databases`,
        ]),
    ...(databaseCopies > 1
      ? [`databaseCopies is ${databaseCopies}; the server elsewhere has its own: leave it out`]
      : []),
  ];
}

/** What the servers elsewhere themselves find wrong with what is said of them. */
function serverProblems({ external = {} }: SemantikArgs): readonly string[] {
  const { redis, qdrant } = external;
  return [
    ...(redis ? thrownBy("external.redis", () => externalRedis(redis)) : []),
    ...(qdrant ? thrownBy("external.qdrant", () => externalQdrant(qdrant)) : []),
  ];
}

/** What making something finds wrong, with the path of what it is made of. */
export function thrownBy(path: string, make: () => unknown): readonly string[] {
  try {
    make();
    return [];
  } catch (error) {
    return [`${path} is refused: ${error instanceof Error ? error.message : String(error)}`];
  }
}
