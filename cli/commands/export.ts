import * as path from "node:path";
import { formats } from "../export/formats.ts";
import { writeExport } from "../export/write.ts";
import { Mendable } from "../mendable.ts";
import { decryptedResources } from "../resources.ts";
import { openSession } from "../session.ts";
import { openStack } from "../stack.ts";
import { progress } from "../terminal.ts";

/** How a stack is written as plain files. */
export interface ExportCommandOptions {
  /** Name of the format, as `manifests`. */
  readonly as: string;
  /** Folder for the files. */
  readonly to?: string;
  /** Name for the namespace, in place of its own. */
  readonly namespace?: string;
}

/** Writes the deployment that a stack is now as plain files, which need neither Pulumi nor this project. */
export async function exportStack(
  name: string,
  { as, to = path.join("exports", name), namespace }: ExportCommandOptions,
): Promise<number> {
  const { target } = await openStack(name);
  const format = formatFor(target, as);
  const { engine } = await openSession(name, progress);
  const files = format.files(await decryptedResources(engine), {
    ...(namespace !== undefined && { namespace }),
  });
  if (files.length === 0) {
    throw new Mendable(
      `"${name}" is not up, so there is nothing to export`,
      `bring it up: npx keelson up ${name}`,
    );
  }
  await writeExport(to, files, format);
  console.log(`wrote ${files.map((file) => path.join(to, file.name)).join("\n      ")}`);
  for (const file of files.filter(({ isSecret }) => isSecret)) {
    console.log(`${file.name} holds secrets in clear, and only you may read it: keep it out of repositories`);
  }
  console.log(`to deploy them: ${format.use(to)}`);
  return 0;
}

function formatFor(target: string, name: string) {
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (format?.target === target) return format;
  const possible = Object.entries(formats).filter(([, each]) => each.target === target);
  throw new Mendable(
    format
      ? `a stack on ${target} can't be exported as ${name}, which is for stacks on ${format.target}`
      : `"${name}" is no format`,
    possible.length > 0
      ? `for stacks on ${target} there is: ${possible.map(([each]) => `--as ${each}`).join(", ")}`
      : `for stacks on ${target} there is no format yet; keelson pulumi STACK -- stack export shows all of it as JSON`,
  );
}
