/**
 * What exists in an imagined cloud: one JSON file for each resource, `clouds/CLOUD/TYPE/ID.json` below keelson's home. It outlives
 * the plugin's process, so that a refresh compares with it: who edits or deletes a file makes drift. Deleting the folder `clouds/CLOUD` forgets
 * the whole cloud. Secrets are never in it.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { z } from "zod";
import { keelsonHome } from "../../parts/home.ts";
import type { Values } from "../provider/value.ts";

/** That one resource refers to another. */
export interface Use {
  readonly type: string;
  readonly id: string;
  /** Whether what is referred to cannot be deleted meanwhile. */
  readonly holds: boolean;
}

/** A resource of an imagined cloud. */
export interface Stored {
  readonly type: string;
  /** As the state of a stack has it. */
  readonly id: string;
  /** Which resource of which stack made it. */
  readonly urn: string;
  /** All properties but secrets. */
  readonly outputs: Values;
  readonly uses: readonly Use[];
}

const file = z.object({
  id: z.string(),
  urn: z.string(),
  outputs: z.record(z.string(), z.json()),
  uses: z.array(z.object({ type: z.string(), id: z.string(), holds: z.boolean() })),
});

/** Longest part of an id that a file is named by: file systems take 255 bytes, and a digest and an ending follow. */
const longestName = 180;

export class CloudStore {
  readonly #folder: string;

  /** @param home keelson's own folder. @defaultValue `keelsonHome()` */
  constructor(cloud: string, home: string = keelsonHome()) {
    this.#folder = path.join(home, "clouds", cloud);
  }

  /** @throws Error if its file is not as this class writes it */
  get(type: string, id: string): Stored | undefined {
    const name = this.fileOf(type, id);
    return existsSync(name) ? this.#read(type, name) : undefined;
  }

  put({ type, ...stored }: Stored): void {
    const name = this.fileOf(type, stored.id);
    mkdirSync(path.dirname(name), { recursive: true, mode: 0o700 });
    // Plugins of other stacks read at the same time: a file is there whole, or not at all.
    const unfinished = `${name}.${process.pid}`;
    writeFileSync(unfinished, `${JSON.stringify(stored, undefined, 2)}\n`, { mode: 0o600 });
    renameSync(unfinished, name);
  }

  /** What is gone already is no error. */
  remove(type: string, id: string): void {
    rmSync(this.fileOf(type, id), { force: true });
  }

  /** All resources of a type, by name of their files. */
  all(type: string): readonly Stored[] {
    const folder = path.join(this.#folder, type);
    if (!existsSync(folder)) return [];
    const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
    return names.toSorted().map((name) => this.#read(type, path.join(folder, name)));
  }

  /** All resources there are. */
  everything(): readonly Stored[] {
    return this.#types().flatMap((type) => this.all(type));
  }

  /** The resource of a type that has this value as an output, or as its `id`. */
  find(type: string, output: string, value: string): Stored | undefined {
    if (output === "id") return this.get(type, value);
    return this.all(type).find(({ outputs }) => outputs[output] === value);
  }

  /** Resources that keep another from being deleted. */
  usersOf(type: string, id: string): readonly Stored[] {
    return this.everything().filter(({ uses }) =>
      uses.some((use) => use.holds && use.type === type && use.id === id),
    );
  }

  /** Where a resource is kept. Ids may be longer than the name of a file, and have characters that those do not. */
  fileOf(type: string, id: string): string {
    const readable = encodeURIComponent(id);
    const digest = createHash("sha256").update(id).digest("hex").slice(0, 16);
    const name = readable.length > longestName ? `${readable.slice(0, longestName)}-${digest}` : readable;
    return path.join(this.#folder, type, `${name}.json`);
  }

  #types(): readonly string[] {
    return existsSync(this.#folder) ? readdirSync(this.#folder) : [];
  }

  #read(type: string, name: string): Stored {
    try {
      return { type, ...file.parse(JSON.parse(readFileSync(name, "utf8"))) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(
        `${name} is not as it was written: ${reason}; mend it, or delete it and refresh the stack`,
        { cause: error },
      );
    }
  }
}
