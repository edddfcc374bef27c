import { readFile, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { expect, test } from "vitest";
import { type Engine, engineFor } from "../../cli/engine.ts";
import { openStack } from "../../cli/stack.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { project } from "./project.ts";

/** A program in the place of the engine; it runs in the project's folder. */
async function engineThat(does: string, environment: Readonly<Record<string, string>> = {}) {
  const folder = temporaryFolder({ ...project, pulumi: `#!/bin/sh\n${does}\n` });
  const stack = await openStack("box", folder);
  const engine: Engine = engineFor({ stack, executable: path.join(folder, "pulumi"), environment });
  return { engine, folder, stackFile: () => readFile(stack.file, "utf8") };
}

test("commands that work on a stack are told which one", async () => {
  const { engine } = await engineThat('printf "%s " "$@"');
  expect(await engine.read(["stack", "export"])).toBe("stack --stack box export --non-interactive ");
  expect(await engine.read(["up", "--target", "a b"])).toBe("up --stack box --target a b --non-interactive ");
});

test("commands that know no stack are left as they are", async () => {
  const { engine } = await engineThat('printf "%s " "$@"');
  expect(await engine.read(["whoami"])).toBe("whoami --non-interactive ");
});

test("the engine runs in the project's folder with the variables that it was given", async () => {
  const { engine, folder } = await engineThat('echo "$(pwd) $FLAVOUR"', { FLAVOUR: "plum" });
  expect(await engine.read(["about"])).toBe(`${folder} plum`);
});

test("the engine's exit status is passed on", async () => {
  const { engine } = await engineThat("exit 17");
  expect(await engine.run(["up"])).toBe(17);
});

test("a command that fails is told in the engine's own words", async () => {
  const { engine } = await engineThat("echo 'error: no stack here' >&2; exit 255");
  const reading = engine.read(["stack", "export"]);
  await expect(reading).rejects.toThrow('"pulumi stack export" failed: no stack here');
  await expect(reading).rejects.toMatchObject({
    remedy: "see it in full: keelson pulumi box -- stack export",
  });
});

const NOTES_SALT = "echo 'encryptionsalt: v1:abc' >> stacks/Pulumi.box.yaml";
const OWN_PASSPHRASE = { PULUMI_CONFIG_PASSPHRASE_FILE: "/dev/null" };

test("a note on a passphrase of this machine does not stay in the stack file", async () => {
  const { engine, stackFile } = await engineThat(NOTES_SALT, OWN_PASSPHRASE);
  await engine.run(["up"]);
  expect(await stackFile()).toBe(project["stacks/Pulumi.box.yaml"]);
});

test("neither does the way in which the engine writes settings that are no text", async () => {
  const own = "config:\n  tiny:observed: true # by whom?\n  tiny:list: [1]\n";
  const rewrites = `printf 'config:\\n  tiny:list:\\n    - 1\\n  tiny:observed: "true"\\nencryptionsalt: v1:abc\\n' > stacks/Pulumi.box.yaml`;
  const { engine, folder, stackFile } = await engineThat(rewrites, OWN_PASSPHRASE);
  await writeFile(path.join(folder, "stacks/Pulumi.box.yaml"), own);
  await engine.run(["up"]);
  expect(await stackFile()).toBe(own);
});

test("a note on a passphrase that the user chose stays in the stack file", async () => {
  const { engine, stackFile } = await engineThat(NOTES_SALT);
  await engine.run(["up"]);
  expect(await stackFile()).toContain("encryptionsalt: v1:abc");
});

test("settings that a command wrote stay, and with secrets among them the note as well", async () => {
  const write =
    "printf 'encryptionsalt: v1:abc\\nconfig:\\n  tiny:key:\\n    secure: v1:x\\n' > stacks/Pulumi.box.yaml";
  const { engine, stackFile } = await engineThat(write, OWN_PASSPHRASE);
  await engine.run(["config", "set", "--secret", "key", "x"]);
  expect(await stackFile()).toMatch(/encryptionsalt: v1:abc[^]*secure: v1:x/);
});

test("the stack file is put back after a failure too", async () => {
  const { engine, stackFile } = await engineThat(`${NOTES_SALT}; exit 1`, OWN_PASSPHRASE);
  await expect(engine.read(["stack", "export"])).rejects.toThrow("failed");
  expect(await stackFile()).toBe(project["stacks/Pulumi.box.yaml"]);
});
