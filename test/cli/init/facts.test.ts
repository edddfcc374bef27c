import { appendFileSync } from "node:fs";
import { execa } from "execa";
import { expect, test } from "vitest";
import { factsOf } from "../../../cli/init/facts.ts";
import { UNTOUCHED } from "../../../cli/init/state.ts";
import { openStack } from "../../../cli/stack.ts";
import { platforms } from "../../../stacks/platforms.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** A project with a stack of these settings. */
function projectWith(settings: string): string {
  return temporaryFolder({
    "Pulumi.yaml": "name: keelson\nruntime: nodejs\nstackConfigDir: stacks\n",
    "stacks/Pulumi.box.yaml": `config:\n${settings}`,
  });
}

const STACK = "  keelson:platform: acceleration\n  keelson:target: docker\n";
const facts = async (folder: string) => factsOf(await openStack("box", folder), UNTOUCHED);

test("facts come from the stack file and from the tables of platforms and targets", async () => {
  const found = await facts(projectWith(`${STACK}  keelson:docker:\n    tls: acme\n  other:setting: 1\n`));
  expect(found).toMatchObject({
    stack: "box",
    platform: "acceleration",
    target: "docker",
    host: "localhost",
    applications: platforms.acceleration.applications,
    folders: [],
    hostIsKnown: true,
  });
  expect(found.settings).toEqual({ platform: "acceleration", target: "docker", docker: { tls: "acme" } });
  expect(Object.keys(found.shape)).toContain("acceleration");
});

test("a host name that the DNS can't have is not known", async () => {
  expect((await facts(projectWith(`${STACK}  keelson:host: ai.invalid\n`))).hostIsKnown).toBe(false);
});

test("a stack file is on record when git has it as it is", async () => {
  const folder = projectWith(STACK);
  expect((await facts(folder)).isCommitted).toBe(false);
  const git = (...args: readonly string[]) =>
    execa("git", ["-c", "user.name=test", "-c", "user.email=test@example.com", ...args], { cwd: folder });
  await git("init");
  await git("add", ".");
  expect((await facts(folder)).isCommitted).toBe(false);
  await git("commit", "-m", "a stack");
  expect((await facts(folder)).isCommitted).toBe(true);
  appendFileSync(`${folder}/stacks/Pulumi.box.yaml`, "# changed\n");
  expect((await facts(folder)).isCommitted).toBe(false);
});

test("a stack of no platform is refused with those that there are", async () => {
  const finding = facts(projectWith("  keelson:platform: accelerator\n  keelson:target: docker\n"));
  await expect(finding).rejects.toThrow('"accelerator" is no platform');
  await expect(finding).rejects.toMatchObject({ remedy: expect.stringContaining("acceleration") });
});
