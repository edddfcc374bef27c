import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import * as path from "node:path";
import { z } from "zod";

const contextFile = z.object({ Endpoints: z.object({ docker: z.object({ Host: z.string() }) }) });

/**
 * The host of a Docker context (`docker context ls`). Docker keeps each in a folder named by the digest of the context's name.
 */
export async function hostOfContext(name: string, home: string = homedir()): Promise<string> {
  const folder = createHash("sha256").update(name).digest("hex");
  const file = path.join(home, ".docker", "contexts", "meta", folder, "meta.json");
  try {
    return contextFile.parse(JSON.parse(await readFile(file, "utf8"))).Endpoints.docker.Host;
  } catch (error) {
    throw new Error(
      `Error loading Docker context '${name}': context '${name}' not found, or without a docker endpoint; \`docker context ls\` lists those that there are`,
      { cause: error },
    );
  }
}
