import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { atTerminal, BACKSPACE, CTRL_C, DOWN, ENTER, keelson, NOTHING, SPACE } from "./terminal.ts";

const projectFile = readFileSync(path.join(import.meta.dirname, "..", "..", "..", "Pulumi.yaml"), "utf8");

const environment = (folder: string) => ({
  HOME: folder,
  KEELSON_HOME: folder,
  CI: undefined,
  KUBECONFIG: undefined,
});

const projectWith = (files: Readonly<Record<string, string>> = {}) =>
  temporaryFolder({ "Pulumi.yaml": projectFile, ...files });

/** Runs `keelson` where nobody can be asked. */
async function unattended(folder: string, ...args: readonly string[]) {
  const [node, ...main] = keelson;
  return execa(node, [...main, ...args], {
    cwd: folder,
    env: environment(folder),
    stdin: "ignore",
    reject: false,
  });
}

const BOX = "stacks/Pulumi.box.yaml";
const settings = (folder: string, file = BOX) =>
  (parse(readFileSync(path.join(folder, file), "utf8")) as { config: unknown }).config;

/** The wizard's questions up to the groups of settings. */
const opening = [
  ["keelson:host", `ai.invalid${ENTER}`],
  ["keelson:environment", ENTER],
] as const;

const closing = [
  ["acceleration: what to set?", ENTER],
  ["images of your own", ENTER],
  ["somebody else runs", ENTER],
  ["keelson:observability", ENTER],
] as const;

test("[K12] at a terminal, answers become a valid stack file, and the checklist says what is left", async () => {
  const folder = projectWith();
  const { status, screen } = await atTerminal(
    { cwd: folder, env: environment(folder) },
    ["init"],
    [
      ["Which platform?", ENTER],
      ["Where does it run?", ENTER],
      ...opening,
      ["Name of the stack", `box${ENTER}`],
      // The port is the fourth.
      ["docker: what to set?", `${NOTHING}${DOWN}${DOWN}${DOWN}${SPACE}${ENTER}`],
      ["keelson:docker.httpPort", `80800${ENTER}`],
      ["takes a whole number from 1 to 65535", `${BACKSPACE}${ENTER}`],
      ...closing,
      [`Write ${BOX}?`, ENTER],
    ],
  );
  expect(status).toBe(0);
  expect(settings(folder)).toEqual({
    "keelson:platform": "acceleration",
    "keelson:target": "docker",
    "keelson:host": "ai.invalid",
    "keelson:environment": "production",
    "keelson:docker": { httpPort: 8080 },
  });
  expect(screen).toContain(`✔ settings: written to ${BOX}`);
  expect(screen).toMatch(/○ the DNS leads ai\.invalid to where it runs\s+getent hosts ai\.invalid/);
  for (const command of ["doctor", "up", "verify"])
    expect(screen).toMatch(new RegExp(`○ .*\\s+npx keelson ${command} box`));
  expect(screen.trimEnd()).toMatch(/next: npx keelson up box$/);
});

test("[K12] Ctrl-C in the middle leaves nothing behind", async () => {
  const folder = projectWith();
  const { status, screen } = await atTerminal(
    { cwd: folder, env: environment(folder) },
    ["init", "box", "--platform", "acceleration", "--target", "docker"],
    [...opening, ["docker: what to set?", CTRL_C]],
  );
  expect(status).toBe(130);
  expect(screen).toContain("ended; nothing was written");
  expect(readdirSync(folder)).toEqual(["Pulumi.yaml"]);
});

test("[K12] a file that is there is shown with what would change, and kept unless the answer is yes", async () => {
  const before = "config:\n  keelson:platform: acceleration\n  keelson:target: docker\n";
  const folder = projectWith({ [BOX]: before });
  const { status, screen } = await atTerminal(
    { cwd: folder, env: environment(folder) },
    ["init", "box", "--platform", "acceleration", "--target", "docker"],
    [...opening, ["docker: what to set?", `${NOTHING}${ENTER}`], ...closing, [`Overwrite ${BOX}?`, ENTER]],
  );
  expect(status).toBe(130);
  expect(screen).toMatch(/\+ {3}keelson:host: ai\.invalid/);
  expect(readFileSync(path.join(folder, BOX), "utf8")).toBe(before);
});

test("[K12] without a terminal nothing is asked: what to do instead is said", async () => {
  const folder = projectWith();
  const { exitCode, stderr } = await unattended(folder, "init", "box");
  expect(exitCode).toBe(1);
  expect(stderr).toContain("there is no terminal to ask on");
  expect(stderr).toMatch(/--platform, --target and --yes, or write .*Pulumi\.STACK\.yaml by hand/);
  expect(existsSync(path.join(folder, "stacks"))).toBe(false);
});

test("[K12] options alone make a stack file, and never a second time", async () => {
  const folder = projectWith();
  const args = "init --platform acceleration --target docker --environment staging --yes".split(" ");
  const { exitCode, stdout } = await unattended(folder, ...args);
  expect(exitCode).toBe(0);
  const file = "stacks/Pulumi.acceleration-docker-staging.yaml";
  expect(stdout).toContain(`wrote ${file}`);
  expect(settings(folder, file)).toEqual({
    "keelson:platform": "acceleration",
    "keelson:target": "docker",
    "keelson:environment": "staging",
  });
  const again = await unattended(folder, ...args);
  expect(again.exitCode).toBe(1);
  expect(again.stderr).toContain(`${file} is there already`);
});

test("[K12] a project with a program of its own is told that its program knows its settings", async () => {
  const folder = temporaryFolder({ "Pulumi.yaml": "name: tiny\nruntime: nodejs\n" });
  const { exitCode, stderr } = await unattended(folder, "init", "box", "--yes");
  expect(exitCode).toBe(1);
  expect(stderr).toContain('the project "tiny" has a program of its own');
  expect(stderr).toContain("npx keelson up STACK");
});
