import * as pulumi from "@pulumi/pulumi";
import type { Resources } from "../model/workload.ts";
import type { Target } from "../model/target.ts";
import { type OllamaModel, problemOf } from "../services/ollama-model.ts";

/** A mistake in the arguments: where, and what is wrong with it. */
export interface Problem {
  readonly propertyPath: string;
  readonly reason: string;
}

/**
 * Refuses mistaken arguments, before anything is made.
 *
 * @throws InputPropertiesError with all mistakes, if there is one
 */
export function refuse(problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const message = problems.map(({ propertyPath, reason }) => `${propertyPath} ${reason}`).join("; ");
  throw new pulumi.InputPropertiesError({ message, errors: [...problems] });
}

/** What is wrong with how a model is to run. */
export function* modelProblems({
  model,
  gpus = 0,
  isElsewhere,
  target,
}: {
  readonly model: OllamaModel | undefined;
  readonly gpus?: number | undefined;
  /** Whether somebody else runs Ollama. */
  readonly isElsewhere: boolean;
  readonly target: Pick<Target, "folders">;
}): Iterable<Problem> {
  if (!(Number.isInteger(gpus) && gpus >= 0))
    yield { propertyPath: "gpus", reason: `is ${gpus}; it takes a whole number` };
  if (isElsewhere && gpus > 0)
    yield { propertyPath: "gpus", reason: `is ${gpus}, and Ollama runs elsewhere; leave it out` };
  if (!model) return;
  const wrong = problemOf(model);
  if (wrong) yield { propertyPath: "model", reason: wrong };
  if (isElsewhere || !("archive" in model)) return;
  yield* folderProblems("model.archive.folder", model.archive, target);
}

/** Something that is in a folder which the target does not have. */
export function* folderProblems(
  propertyPath: string,
  archive: object,
  { folders }: Pick<Target, "folders">,
): Iterable<Problem> {
  if (!("folder" in archive) || folders.has(String(archive.folder))) return;
  const known = [...folders].join(", ") || "none";
  const reason = `is "${String(archive.folder)}", which the target does not have; state it among the target's folders, which are: ${known}`;
  yield { propertyPath, reason };
}

/** What is promised, and what it may not be above. */
const BOUNDS = [
  ["cpuRequest", "cpuLimit"],
  ["memoryRequestMiB", "memoryLimitMiB"],
] as const;

/** Sizes of services that promise more than they allow. */
export function* sizeProblems(
  given: Readonly<Record<string, Partial<Resources> | undefined>>,
  usual: Readonly<Record<string, Resources>>,
): Iterable<Problem> {
  for (const [name, size] of Object.entries(given)) {
    const whole = { ...usual[name]!, ...size };
    for (const [request, limit] of BOUNDS) {
      if (whole[request] <= whole[limit]) continue;
      const reason = `is ${whole[request]}, above ${limit}, which is ${whole[limit]}; raise that, or lower this`;
      yield { propertyPath: `sizes.${name}.${request}`, reason };
    }
  }
}
