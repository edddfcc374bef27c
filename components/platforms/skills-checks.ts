import * as pulumi from "@pulumi/pulumi";
import type { Target } from "../model/target.ts";
import { huggingFaceProblems } from "../services/hugging-face-model.ts";
import { problemOf } from "../services/ollama-model.ts";
import type { SkillsArgs } from "./skills-args.ts";
import { VECTOR_FIELD } from "./skills-index.ts";
import { keyRule } from "./skills-keys.ts";
import { CLIENT, DEFAULT_EMBEDDING, DEFAULT_MODEL, type SkillsService, sizes } from "./skills-services.ts";

/** A mistake in the arguments: where, and what is wrong with it. */
interface Problem {
  readonly propertyPath: string;
  readonly reason: string;
}

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
  const checks = [storeProblems, modelProblems, embeddingProblems, keyProblems, sizeProblems];
  const errors = checks.flatMap((check) => [...check(args)]);
  if (errors.length === 0) return;
  const message = errors.map(({ propertyPath, reason }) => `${propertyPath} ${reason}`).join("; ");
  throw new pulumi.InputPropertiesError({ message, errors });
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

function* modelProblems({ model = DEFAULT_MODEL, gpus = 0, external, target }: Checked): Iterable<Problem> {
  if (!(Number.isInteger(gpus) && gpus >= 0))
    yield { propertyPath: "gpus", reason: `is ${gpus}; it takes a whole number` };
  if (external?.ollama && gpus > 0)
    yield { propertyPath: "gpus", reason: `is ${gpus}, and Ollama runs elsewhere; leave it out` };
  const wrong = problemOf(model);
  if (wrong) yield { propertyPath: "model", reason: wrong };
  if (external?.ollama || !("archive" in model)) return;
  yield* folderProblems("model.archive.folder", model.archive, target);
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

/** An archive in a folder that the target does not have. */
function* folderProblems(
  propertyPath: string,
  archive: object,
  { folders }: Pick<Target, "folders">,
): Iterable<Problem> {
  if (!("folder" in archive) || folders.has(String(archive.folder))) return;
  const known = [...folders].join(", ") || "none";
  const reason = `is "${String(archive.folder)}", which the target does not have; state it among the target's folders, which are: ${known}`;
  yield { propertyPath, reason };
}

function* keyProblems({ mcpApiKeys }: Checked): Iterable<Problem> {
  for (const [name, key] of Object.entries(mcpApiKeys ?? {})) {
    if (typeof key !== "string" || keyRule.accepts(key)) continue;
    yield { propertyPath: `mcpApiKeys.${name}`, reason: `is [secret]; it takes ${keyRule.takes}` };
  }
}

function* sizeProblems({ sizes: given = {} }: Checked): Iterable<Problem> {
  for (const [name, size] of Object.entries(given)) {
    const whole = { ...sizes[name as SkillsService], ...size };
    for (const [request, limit] of BOUNDS) {
      if (whole[request] <= whole[limit]) continue;
      const reason = `is ${whole[request]}, above ${limit}, which is ${whole[limit]}; raise that, or lower this`;
      yield { propertyPath: `sizes.${name}.${request}`, reason };
    }
  }
}

/** What is promised, and what it may not be above. */
const BOUNDS = [
  ["cpuRequest", "cpuLimit"],
  ["memoryRequestMiB", "memoryLimitMiB"],
] as const;
