import * as pulumi from "@pulumi/pulumi";
import { externalKafka } from "../services/external-kafka.ts";
import { externalNeo4j } from "../services/external-neo4j.ts";
import type { OrchestrationArgs } from "./orchestration-args.ts";
import type { OrchestrationConfiguration } from "./orchestration-configuration.ts";
import { thrownBy } from "./semantik-checks.ts";
import { secretProblem, type SecretRule } from "./semantik-secrets.ts";

/**
 * Judges all that can be judged before anything is made.
 *
 * @throws InputPropertiesError with every mistake there is; secrets are not repeated
 */
export function refuseMistakes(args: OrchestrationArgs): void {
  const mistakes = [
    ...secretProblem("openaiApiKey", openaiKeyRule, args.openaiApiKey),
    ...addressProblems(args),
    ...configurationProblems(args),
    ...amountProblems(args),
    ...clusterProblems(args),
    ...serverProblems(args),
  ];
  if (mistakes.length === 0) return;
  const message = `nothing was made, as there are mistakes: ${mistakes.join("; ")}`;
  const errors = mistakes.map((reason) => ({ propertyPath: reason.split(" ")[0]!, reason }));
  throw new pulumi.InputPropertiesError({ message, errors });
}

/** What a key of OpenAI has to be: not what documents have in its place. */
export const openaiKeyRule: SecretRule = {
  takes: "an API key without spaces, and no placeholder",
  accepts: (key) => /^\S+$/.test(key) && !/^(your|change|replace|insert|<)/i.test(key),
};

/** A name of a language model. */
export const modelForm = {
  form: /^[\w.:/-]{1,128}$/,
  takes: "letters, digits and . _ : / -, 128 at most",
} as const;

/** The least and the most of each number of the configuration. */
export const configurationBounds = {
  timeoutSeconds: [1, 86_400],
  poolSize: [1, 1000],
  connectionTimeoutMilliseconds: [1, 3_600_000],
  modelTimeoutSeconds: [1, 86_400],
} as const satisfies Readonly<
  Record<Exclude<keyof OrchestrationConfiguration, "model">, readonly [number, number]>
>;

function addressProblems({ openaiUrl }: OrchestrationArgs): readonly string[] {
  const isAddress = openaiUrl === undefined || /^https?:\/\/[^\s/@]+(\/\S*)?$/.test(openaiUrl);
  return isAddress
    ? []
    : ["openaiUrl can't be read; it takes an address without a key, as in https://api.openai.com/v1"];
}

function configurationProblems({ configuration = {} }: OrchestrationArgs): readonly string[] {
  const { model } = configuration;
  const names = Object.keys(configurationBounds) as (keyof typeof configurationBounds)[];
  return [
    ...names.flatMap((name) => {
      const [lowest, highest] = configurationBounds[name];
      return wholeWithin(lowest, highest, `configuration.${name}`, configuration[name]);
    }),
    ...(model === undefined || modelForm.form.test(model)
      ? []
      : [`configuration.model is ${JSON.stringify(model)}; it takes ${modelForm.takes}`]),
  ];
}

function amountProblems({
  storageGiB = {},
  scaling = {},
  brokers = 1,
}: OrchestrationArgs): readonly string[] {
  return [
    ...([1, 3].includes(brokers) ? [] : [`brokers is ${String(brokers)}; it takes 1 or 3`]),
    ...Object.entries(storageGiB).flatMap(([name, amount]) =>
      wholeWithin(1, 65_536, `storageGiB.${name}`, amount),
    ),
    ...Object.entries(scaling).flatMap(([name, { min, max }]) => [
      ...wholeWithin(1, 1000, `scaling.${name}.min`, min),
      ...wholeWithin(Math.max(1, min), 1000, `scaling.${name}.max`, max),
    ]),
  ];
}

function clusterProblems(args: OrchestrationArgs): readonly string[] {
  const { neo4jCopies, neo4jLicence = "community", brokers, external = {} } = args;
  const hasOwn = "the server elsewhere has its own: leave it out";
  const licence = `set neo4jLicence to "enterprise-accepted" if you have the licence and accept its agreement`;
  return [
    ...wholeWithin(1, 9, "neo4jCopies", neo4jCopies),
    ...(neo4jCopies !== undefined && neo4jCopies > 1 && neo4jLicence === "community"
      ? [
          `neo4jCopies is ${neo4jCopies}, and only Neo4j's Enterprise Edition forms a cluster; ${licence}, or leave it out`,
        ]
      : []),
    ...(external.neo4j && neo4jCopies !== undefined ? [`neo4jCopies is ${neo4jCopies}; ${hasOwn}`] : []),
    ...(external.kafka && brokers !== undefined ? [`brokers is ${brokers}; ${hasOwn}`] : []),
  ];
}

function wholeWithin(
  lowest: number,
  highest: number,
  path: string,
  value: number | undefined,
): readonly string[] {
  const fits = value === undefined || (Number.isInteger(value) && value >= lowest && value <= highest);
  return fits ? [] : [`${path} is ${value}; it takes a whole number from ${lowest} to ${highest}`];
}

/** What the servers elsewhere themselves find wrong with what is said of them. */
function serverProblems({ external = {} }: OrchestrationArgs): readonly string[] {
  const { neo4j, kafka } = external;
  return [
    ...(neo4j ? thrownBy("external.neo4j", () => externalNeo4j(neo4j)) : []),
    ...(kafka ? thrownBy("external.kafka", () => externalKafka(kafka)) : []),
  ];
}
