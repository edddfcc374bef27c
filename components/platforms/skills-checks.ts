import type { Target } from "../model/target.ts";
import { huggingFaceProblems } from "../services/hugging-face-model.ts";
import { folderProblems, modelProblems, type Problem, refuse, sizeProblems } from "./problems.ts";
import type { SkillsArgs } from "./skills-args.ts";
import { VECTOR_FIELD } from "./skills-index.ts";
import { keyRule } from "./skills-keys.ts";
import { CLIENT, DEFAULT_EMBEDDING, DEFAULT_MODEL, sizes } from "./skills-services.ts";

/** What of the arguments is checked; what has a default may be missing. */
type Checked = Pick<
  SkillsArgs,
  "external" | "elasticsearch" | "model" | "gpus" | "embedding" | "fields" | "mcpApiKeys" | "sizes"
> & { readonly target: Pick<Target, "folders"> };

/**
 * Checks arguments, before anything is made.
 *
 * @throws InputPropertiesError with all mistakes; secrets are not repeated
 */
export function checkSkills(args: Checked): void {
  const checks = [storeProblems, ollamaProblems, embeddingProblems, keyProblems];
  const own = checks.flatMap((check) => [...check(args)]);
  refuse([...own, ...sizeProblems(args.sizes ?? {}, sizes)]);
}

function* storeProblems({ external = {}, elasticsearch: own }: Checked): Iterable<Problem> {
  const { elasticsearch } = external;
  const { copies = 1 } = own ?? {};
  if (!(Number.isInteger(copies) && copies >= 1))
    yield { propertyPath: "elasticsearch.copies", reason: `is ${copies}; it takes a whole number from 1` };
  if (!elasticsearch) return;
  if (own)
    yield { propertyPath: "elasticsearch", reason: "is given, and the server runs elsewhere; leave it out" };
  if (!elasticsearch.admin && !elasticsearch.clients?.[CLIENT]) {
    const reason = `has neither an admin, who could make the client "${CLIENT}", nor that one among its clients`;
    yield { propertyPath: "external.elasticsearch", reason };
  }
}

function ollamaProblems({ model = DEFAULT_MODEL, gpus, external, target }: Checked): Iterable<Problem> {
  return modelProblems({ model, gpus, isElsewhere: external?.ollama !== undefined, target });
}

function* embeddingProblems({ embedding = {}, fields = {}, target }: Checked): Iterable<Problem> {
  const { model = DEFAULT_EMBEDDING.model, dimensions, revision, source } = embedding;
  if (dimensions === undefined && model !== DEFAULT_EMBEDDING.model) {
    const reason = `is missing; say how many numbers a vector of "${model}" has, as its description on the hub tells`;
    yield { propertyPath: "embedding.dimensions", reason };
  }
  if (dimensions !== undefined && !(Number.isInteger(dimensions) && dimensions >= 1 && dimensions <= 4096)) {
    const reason = `is ${dimensions}; it takes a whole number from 1 to 4096, the most that Elasticsearch has`;
    yield { propertyPath: "embedding.dimensions", reason };
  }
  const said = { model, ...(revision !== undefined && { revision }), ...(source && { source }) };
  for (const problem of huggingFaceProblems(said)) {
    const [path, ...reason] = problem.split(" ");
    yield { propertyPath: `embedding.${path}`, reason: reason.join(" ") };
  }
  if (source) yield* folderProblems("embedding.source.folder", source, target);
  if (VECTOR_FIELD in fields)
    yield { propertyPath: `fields.${VECTOR_FIELD}`, reason: "is the vector's own; leave it out" };
}

function* keyProblems({ mcpApiKeys }: Checked): Iterable<Problem> {
  for (const [name, key] of Object.entries(mcpApiKeys ?? {})) {
    if (typeof key !== "string" || keyRule.accepts(key)) continue;
    yield { propertyPath: `mcpApiKeys.${name}`, reason: `is [secret]; it takes ${keyRule.takes}` };
  }
}
