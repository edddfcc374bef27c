import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { serviceName, type Variables } from "../environment.ts";
import { describe } from "../errors.ts";
import { CachedModel } from "../hugging-face/cache.ts";
import { download } from "../hugging-face/download.ts";
import type { Command } from "./command.ts";
import { type Report, runJob } from "./job.ts";

/** The public hub, from which nothing is taken here: there is no use for gigabytes. */
const publicHub = "https://huggingface.co";

/** Stands for the commit and for the blob of a model that was not downloaded. */
const standIn = "stand-in";

/** `hf download owner/name --revision main`: brings a model into HF_HOME, from HF_ENDPOINT; of the public hub's, a note in its place. */
export const hf: Command = async (args, environment) => {
  const asked = parse(args);
  if (typeof asked === "string") {
    console.error(`hf: ${asked}`);
    return 2;
  }
  return runJob("model", environment, (variables, report) => bring(asked, variables, report));
};

interface Asked {
  readonly model: string;
  readonly revision: string;
}

function parse(args: readonly string[]): Asked | string {
  try {
    const options = { revision: { type: "string", default: "main" } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [command, model, ...more] = positionals;
    if (command === "download" && model !== undefined && more.length === 0)
      return { model, revision: values.revision };
    return "the reference application does `hf download MODEL --revision REVISION`";
  } catch (error) {
    return describe(error);
  }
}

async function bring({ model, revision }: Asked, variables: Variables, report: Report): Promise<void> {
  const { HF_HOME: home, HF_ENDPOINT: endpoint = publicHub, HF_TOKEN: token } = variables;
  if (!home) throw new Error("HF_HOME is not set: it names the folder that models are brought to");
  report(`this is keelson's reference application, standing in for "${serviceName(variables)}"`);
  const cache = new CachedModel(home, model);
  if (endpoint.replace(/\/$/, "") === publicHub) return note(model, revision, cache, report);
  const hub = { endpoint: endpoint.replace(/\/$/, ""), token };
  const commit = await download(model, revision, hub, cache, (name) => report(`downloading ${name}`));
  report(`${model} is there at ${revision}, which is commit ${commit}`);
}

/** Nothing here runs a model, so that none is fetched from those who give it to the public. */
async function note(model: string, revision: string, cache: CachedModel, report: Report): Promise<void> {
  const text = `This stands in for ${model} at ${revision}: the reference application runs no model, and downloads none from the public hub.\n`;
  await writeFile(await cache.blobPath(standIn), text);
  await cache.link(standIn, "STAND-IN.txt", standIn);
  await cache.refer(revision, standIn);
  report(text.trim());
}
