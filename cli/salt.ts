import { readFile, writeFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";

type Values = Readonly<Record<string, unknown>>;

/** What a stack file says. The engine writes each plain setting as text, so that `true` and "true" are the same. */
function stackFile(text: string): Values {
  const { config, ...rest } = (parse(text) ?? {}) as Values;
  const settings = Object.entries((config ?? {}) as Values).map(([key, value]) => [
    key,
    typeof value === "object" ? value : `${value as string | number | boolean}`,
  ]);
  return { ...rest, ...(config !== undefined && { config: Object.fromEntries(settings) }) };
}

/**
 * Keeps the engine from changing a stack file for the sake of a passphrase that is not shared.
 *
 * The engine notes in the stack file how to tell the right passphrase (`encryptionsalt`). That belongs there where people share the passphrase, and
 * with it the secrets in the file. A passphrase that was made on this machine fits no other checkout, and what it encrypts is the state on this machine,
 * which has the same note: the file is put back as it was, unless it holds secrets or was changed in other ways.
 */
export async function keepingStackFile<Result>(
  file: string,
  environment: Readonly<Record<string, string>>,
  work: () => Promise<Result>,
): Promise<Result> {
  // Absent where the passphrase is the user's own.
  if (environment["PULUMI_CONFIG_PASSPHRASE_FILE"] === undefined) return work();
  const before = await readFile(file, "utf8").catch(() => undefined);
  try {
    return await work();
  } finally {
    if (before !== undefined) await putBack(file, before);
  }
}

async function putBack(file: string, before: string): Promise<void> {
  const after = await readFile(file, "utf8");
  if (after === before) return;
  const { encryptionsalt: _, ...rest } = stackFile(after);
  if (isDeepStrictEqual(rest, stackFile(before))) await writeFile(file, before);
}
