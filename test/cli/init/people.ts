import * as fc from "fast-check";
import type { Choice, Questioner } from "../../../cli/init/questioner.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** What people type. Each setting that there is has to be fitted by one of them. */
const TEXTS = [
  "ai.example.com",
  "3",
  "0.5",
  "8080",
  "1024",
  "platform",
  "ssh://deploy@ai.example.com",
  "10.200.0.0/16",
  "/srv/documents",
  "https://elsewhere.example.com:8000",
  "https://elsewhere.example.com/model.tar.gz",
  "http://elsewhere.example.com:11434",
  "rediss://cache.example.com:6379/0",
  "mongodb://documents.example.com:27017",
  "neo4j+s://graph.example.com:7687",
  "kafka.example.com:9092",
  "registry.example.com/own:1.2",
  "example/clusters/shared",
  "0123456789abcdef".repeat(4),
  "1.35",
  "100",
  "platform@example.com",
  "gke-security-groups@example.com",
  "arn:aws:iam::123456789012:role/platform",
  "subnet-0a1b2c3d4e5f60718",
  "11111111-aaaa-4bbb-8ccc-222222222222",
  "2026-01-03T02:00:00Z",
];

/** What secrets are like here: none of them may ever be in a file. */
export const SECRETS = [
  "Do-not-repeat-7!",
  "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
] as const;

/** Files that hold what has several lines, by what a setting calls it. */
function files(): readonly string[] {
  const folder = temporaryFolder({
    "certificate.pem": "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
    "key.pem": `-----BEGIN PRIVATE KEY-----\n${SECRETS[0]}\n-----END PRIVATE KEY-----\n`,
  });
  return [`${folder}/key.pem`, `${folder}/certificate.pem`];
}

const silent = { complain: () => undefined, show: () => undefined };

/** Somebody who takes what is offered, and types only where there is nothing to take. */
export function easygoing(): Questioner {
  const texts = [...files(), ...TEXTS];
  return {
    ...silent,
    text: async ({ fallback, objection, name }) => fallback ?? fitting(texts, objection, name),
    hidden: async ({ objection, name }) => fitting(SECRETS, objection, name),
    confirm: async ({ initial }) => initial,
    choose: async ({ choices, initial }) => initial ?? choices[0]!.value,
    several: async ({ initial }) => initial,
  };
}

/** Somebody who answers anything that is not objected to. */
export function arbitrary(gen: fc.GeneratorValue): Questioner {
  const texts = [...files(), ...TEXTS];
  const shuffled = <Value>(values: readonly Value[]) =>
    gen(fc.shuffledSubarray, [...values], { minLength: values.length });
  const values = (choices: readonly Choice[]) => choices.map(({ value }) => value);
  return {
    ...silent,
    text: async ({ fallback, objection, name }) =>
      fallback !== undefined && gen(fc.boolean) ? fallback : fitting(shuffled(texts), objection, name),
    hidden: async ({ objection, name }) => fitting(SECRETS, objection, name),
    // Lists end at some time.
    confirm: async () => gen(fc.integer, { min: 0, max: 2 }) === 0,
    choose: async ({ choices }) => gen(fc.constantFrom, ...values(choices)),
    several: async ({ choices }) => gen(fc.subarray, values(choices)),
  };
}

function fitting(
  texts: readonly string[],
  objection: (text: string) => string | undefined,
  name: string | undefined,
): string {
  const found = texts.find((text) => objection(text) === undefined);
  if (found === undefined)
    throw new Error(
      `add a text that fits ${name}: ${texts.map((text) => `${text} ${objection(text)}`).join("; ")}`,
    );
  return found;
}
