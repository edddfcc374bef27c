import { randomUUID } from "node:crypto";
import { open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { CachedModel } from "../hugging-face/cache.ts";
import type { Proof, Protocol } from "./protocol.ts";

/** What applications do with a folder; each is proven in its own way. */
type Use = "writes" | "reads" | "must-not-write" | "models";

/** Variables that name a folder, and what the applications do there. */
const folders: Readonly<Record<string, Use>> = {
  AUDIT_LOG_PATH: "writes",
  DOCUMENT_PATH: "must-not-write",
  FAISS_INDEX_DIR: "reads",
  HF_HOME: "models",
  SCRYFALL_CACHE_DIR: "writes",
};

/**
 * The folder that a variable names, as a URL, if it is a variable that names one.
 *
 * @returns a sentence when what it names is no folder.
 */
export function folderUrl(variable: string, value: string): URL | string | undefined {
  const use = folders[variable];
  if (!use || value === "") return undefined;
  if (!path.isAbsolute(value)) return `${variable} is no absolute path: write it as in /var/log/service`;
  const url = pathToFileURL(value);
  url.searchParams.set("use", use);
  return url;
}

type Circumstances = Pick<Proof, "service" | "variables">;

const proofs: Readonly<Record<Use, (place: string, circumstances: Circumstances) => Promise<string>>> = {
  reads: listed,
  writes: written,
  async "must-not-write"(place, circumstances) {
    const entries = await listed(place);
    const isWritten = await written(place, circumstances).then(
      () => true,
      () => false,
    );
    if (isWritten) throw new Error("a file could be written, where none may be: mount the folder read-only");
    return `${entries}, none can be written`;
  },
  async models(place, { variables }) {
    const { HF_HUB_OFFLINE: offline = "", DEFAULT_EMBEDDING_MODEL, EMBEDDING_MODEL } = variables;
    const model = onHub(DEFAULT_EMBEDDING_MODEL || EMBEDDING_MODEL);
    const entries = await listed(place);
    if (!model || !/^(1|on|yes|true)$/i.test(offline)) return entries;
    const [first, ...more] = await new CachedModel(place, model).files();
    if (first === undefined) throw new Error(`the model ${model} is not there, and no hub may be asked`);
    await (await open(first)).close();
    return `the model ${model} is there; files: ${more.length + 1}`;
  },
};

/** A folder: a file of its own written, read and removed, or what is there listed, where others write it. */
export const folder: Protocol = {
  title: "folder",
  // It is no address: the name of a variable alone tells a folder.
  sign: { schemes: {} },
  prove: ({ url, service, variables }) =>
    proofs[url.searchParams.get("use") as Use](fileURLToPath(url), { service, variables }),
};

/** A model as the hub has it: Sentence Transformers looks for names without an owner among its own. */
function onHub(model: string | undefined): string | undefined {
  return !model || model.includes("/") ? model : `sentence-transformers/${model}`;
}

async function listed(place: string): Promise<string> {
  return `${(await readdir(place)).length} entries listed`;
}

async function written(place: string, { service }: Circumstances): Promise<string> {
  const file = path.join(place, `.reference-${service}-${randomUUID()}`);
  const text = randomUUID();
  try {
    await writeFile(file, text);
    if ((await readFile(file, "utf8")) !== text) throw new Error("a file was written, but another was read");
    return "a file written, read and removed";
  } finally {
    await rm(file, { force: true });
  }
}
