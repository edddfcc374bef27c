import { z } from "zod";
import type { Engine } from "./engine.ts";
import { Mendable } from "./mendable.ts";

const resource = z.object({
  urn: z.string(),
  type: z.string(),
  custom: z.boolean().default(true),
  inputs: z.record(z.string(), z.unknown()).default({}),
  outputs: z.record(z.string(), z.unknown()).default({}),
  retainOnDelete: z.boolean().default(false),
  /** It has been replaced, and is to be deleted yet. */
  delete: z.boolean().default(false),
});

/** A resource of a stack, as the engine tells of it. */
export type Resource = z.output<typeof resource>;

const preview = z.object({ steps: z.array(z.object({ newState: resource.optional() })).default([]) });
const state = z.object({ deployment: z.object({ resources: z.array(resource).default([]) }) });

/**
 * What the program of a stack wants, by a preview.
 *
 * @throws Mendable when the program fails, as with mistakes in its settings
 */
export async function plannedResources(engine: Engine): Promise<readonly Resource[]> {
  const { steps } = parsed(preview, await engine.read(["preview", "--json", "--show-sames"]), "preview");
  return steps.flatMap(({ newState }) => newState ?? []);
}

/** What the last update left. Secrets are not shown. */
export async function recordedResources(engine: Engine): Promise<readonly Resource[]> {
  const { deployment } = parsed(state, await engine.read(["stack", "export"]), "stack export");
  return deployment.resources;
}

/** What the last update left, with its secrets in clear: for what puts them where they belong. */
export async function decryptedResources(engine: Pick<Engine, "read">): Promise<readonly Resource[]> {
  const output = await engine.read(["stack", "export", "--show-secrets"]);
  return parsed(state, output, "stack export").deployment.resources;
}

/** The name that a program gave to a resource. */
export function nameOf({ urn }: Pick<Resource, "urn">): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

function parsed<Schema extends z.ZodType>(schema: Schema, output: string, command: string): z.output<Schema> {
  const { success, data, error } = schema.safeParse(JSON.parse(output));
  if (success) return data;
  throw new Mendable(
    `"pulumi ${command}" answered in a form that is not known here: ${z.prettifyError(error)}`,
    "use the version of the Pulumi CLI that the README names",
  );
}
