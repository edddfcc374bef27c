import { readFileSync } from "node:fs";
import * as path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { atTerminal, DOWN, ENTER, keelson, NOTHING, SPACE } from "../cli/init/terminal.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const KEY = "sk-of-a-test-0123";
const SETTING = "keelson:acceleration.modelKeys.openai";

test("[K12] [G3] a secret that the wizard was told is encrypted in the stack file, and the engine reads it there", async () => {
  const project = readFileSync(path.join(import.meta.dirname, "..", "..", "Pulumi.yaml"), "utf8");
  const folder = temporaryFolder({ "Pulumi.yaml": project, "state/.keep": "" });
  const env = {
    PULUMI_BACKEND_URL: `file://${folder}/state`,
    PULUMI_CONFIG_PASSPHRASE: "a passphrase of a test",
    CI: undefined,
  };
  const { status, screen } = await atTerminal(
    { cwd: folder, env },
    ["init", "wizard-test", "--platform", "acceleration", "--target", "docker", "--host", "localhost"],
    [
      ["keelson:environment", ENTER],
      ["docker: what to set?", `${NOTHING}${ENTER}`],
      ["acceleration: what to set?", `${DOWN}${SPACE}${ENTER}`],
      ["keelson:acceleration.modelKeys", `${SPACE}${ENTER}`],
      [SETTING, `${KEY}${ENTER}`],
      ["images of your own", ENTER],
      ["somebody else runs", ENTER],
      ["keelson:observability", ENTER],
      ["Write stacks/Pulumi.wizard-test.yaml?", ENTER],
    ],
  );
  expect(status).toBe(0);
  expect(screen).toContain(`and, encrypted: ${SETTING}`);
  expect(screen).toContain("secrets: one is encrypted");
  expect(screen).not.toContain(KEY);
  const file = readFileSync(path.join(folder, "stacks", "Pulumi.wizard-test.yaml"), "utf8");
  expect(file).toMatch(/openai:\s+secure: v1:/);
  expect(file).not.toContain(KEY);

  const [node, main] = keelson;
  const get = ["pulumi", "wizard-test", "--", "config", "get", "--path", SETTING];
  const { stdout } = await execa(node, [main, ...get], { cwd: folder, env });
  expect(stdout.trim()).toBe(KEY);
});
