import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { expect, test } from "vitest";
import { engineFor } from "../../../cli/engine.ts";
import { Secret } from "../../../cli/init/secret.ts";
import { writeWithSecrets } from "../../../cli/init/write.ts";
import { findProject } from "../../../cli/project.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const FILE = "stacks/Pulumi.box.yaml";
const written = {
  text: "config:\n  tiny:size: 3\n",
  secrets: { "keelson:keys.openai": new Secret("sk-1"), "keelson:keys.other": new Secret("sk-2") },
};

/** Writes a stack file with a shell script in the place of the engine; it logs what it was called with. */
async function write(script: string, files: Readonly<Record<string, string>> = {}) {
  const pulumi = `#!/bin/sh\necho "$@" >> calls\n${script}\n`;
  const folder = temporaryFolder({
    "Pulumi.yaml": "name: tiny\nruntime: nodejs\nstackConfigDir: stacks\n",
    pulumi,
    ...files,
  });
  const writing = writeWithSecrets(await findProject(folder), "box", written, (stack) =>
    engineFor({ stack, executable: path.join(folder, "pulumi"), environment: {} }),
  );
  const error = await writing.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const read = (name: string) => {
    const file = path.join(folder, name);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  };
  return { error, read, calls: read("calls")?.trim().split("\n") ?? [] };
}

const SET = "config --stack box set --secret --path";

test("[G3] secrets go to the engine by its standard input, not by its arguments", async () => {
  const { error, read, calls } = await write('case "$*" in config*) cat >> given; echo >> given;; esac');
  expect(error).toBeUndefined();
  expect(read(FILE)).toBe(written.text);
  expect(read("given")).toBe("sk-1\nsk-2\n");
  expect(calls).toEqual([
    "stack --stack box select --non-interactive",
    `${SET} keelson:keys.openai --non-interactive`,
    `${SET} keelson:keys.other --non-interactive`,
  ]);
});

const FAILING = 'case "$*" in config*other*|"stack --stack box select --non-interactive") exit 1;; esac';

test("[K12] when a secret can't be encrypted, neither the file nor a new stack is left", async () => {
  const { error, read, calls } = await write(FAILING);
  expect(error).toMatchObject({ name: "Mendable" });
  expect((error as Error).message).not.toContain("sk-");
  expect(read(FILE)).toBeUndefined();
  expect(calls).toContain("stack --stack box select --create --non-interactive");
  expect(calls.at(-1)).toBe("stack --stack box rm --yes --preserve-config --non-interactive");
});

test("[K12] when a secret can't be encrypted, a file that was there is as it was, and its stack is kept", async () => {
  const before = "# mine\nconfig: {}\n";
  const { error, read, calls } = await write('case "$*" in config*) exit 1;; esac', { [FILE]: before });
  expect(error).toBeDefined();
  expect(read(FILE)).toBe(before);
  expect(calls.filter((call) => call.includes(" rm "))).toEqual([]);
});
