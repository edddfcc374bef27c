/** The annotation `pulumi.com/waitFor`: https://www.pulumi.com/docs/iac/clouds/kubernetes/guides/await-behavior/ */
import { JSONPath } from "jsonpath-plus";
import { conditionOf } from "./facts.ts";
import { ready, waiting, type Rule, type Verdict } from "./rule.ts";

type Judge = (object: Conditioned) => Verdict;

interface Conditioned {
  readonly metadata?: { readonly generation?: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly conditions?: {
      readonly type: string;
      readonly status: string;
      readonly observedGeneration?: number;
    }[];
  };
}

/** How a condition is found, by the word that it begins with. */
const languages: Readonly<Record<string, (expression: string) => Judge>> = { condition, jsonpath };

/**
 * What is to be waited for in place of what the kind's own rule would: `condition=Ready`, `condition=Ready=False`, `jsonpath={.status.phase}=Running`,
 * `jsonpath={.status.address}`, or a JSON list of such, all of which must hold.
 */
export function waitFor(annotation: string): Pick<Rule, "judge" | "timedOut"> {
  const judges = expressions(annotation).map(judgeOf);
  return {
    timedOut: () => "timed out waiting for the condition",
    judge: ({ object }) =>
      judges.map((judge) => judge(object as unknown as Conditioned)).find(({ is }) => is !== "ready") ??
      ready,
  };
}

function expressions(annotation: string): readonly string[] {
  if (!annotation.trimStart().startsWith("[")) return [annotation];
  const read = JSON.parse(annotation) as unknown;
  const isList = Array.isArray(read) && read.length > 0 && read.every((item) => typeof item === "string");
  if (!isList) throw new Error(`pulumi.com/waitFor: expected a list of conditions, got ${annotation}`);
  return read;
}

function judgeOf(expression: string): Judge {
  const [word, rest] = split(expression, "=");
  const language = languages[word];
  if (!language || rest === undefined)
    throw new Error(
      `pulumi.com/waitFor: expected a "jsonpath=" or "condition=" prefix, got ${JSON.stringify(expression)}`,
    );
  return language(rest);
}

function condition(expression: string): Judge {
  const [type, wanted = "True"] = split(expression, "=");
  return (object) => {
    const found = conditionOf(object.status, type);
    const isCurrent = isSeen(object, found?.observedGeneration);
    if (isCurrent && found?.status.toLowerCase() === wanted.toLowerCase()) return ready;
    return waiting(`Resource has condition ${type}=${found?.status ?? "none"} (want ${wanted})`);
  };
}

function jsonpath(expression: string): Judge {
  const [, braced, , wanted] = /^\{\s*(.*?)\s*\}(=(.+))?$/.exec(expression) ?? [];
  if (braced === undefined)
    throw new Error(`pulumi.com/waitFor: format should be {.path}=value or {.path}, got ${expression}`);
  const path = braced.startsWith("$") ? braced : `$${braced}`;
  return (object) => {
    const [found] = JSONPath<readonly unknown[]>({ path, json: object, eval: "safe" });
    const holds = found !== undefined && (wanted === undefined || textOf(found) === wanted);
    if (isSeen(object) && holds) return ready;
    const seen = found === undefined ? "selected nothing" : `found ${JSON.stringify(found)}`;
    return waiting(`Waiting for ${expression} (${seen})`);
  };
}

function textOf(found: unknown): string {
  return typeof found === "string" ? found : JSON.stringify(found);
}

/** Whether what the status says is about the object as it is now; where no generation is told, it is taken to be. */
function isSeen({ metadata, status }: Conditioned, ofCondition?: number): boolean {
  const generation = metadata?.generation ?? 0;
  return (ofCondition ?? status?.observedGeneration ?? generation) >= generation;
}

function split(text: string, separator: string): readonly [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
