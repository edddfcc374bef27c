import { mkdir } from "node:fs/promises";
import * as path from "node:path";
import { expect, test } from "vitest";
import { Mendable } from "../../cli/mendable.ts";
import { openStack } from "../../cli/stack.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { project } from "./project.ts";

test("a stack is found from any folder of its project", async () => {
  const folder = temporaryFolder(project);
  await mkdir(path.join(folder, "deep", "inside"), { recursive: true });
  const stack = await openStack("box", path.join(folder, "deep", "inside"));
  expect(stack.project).toEqual({ name: "tiny", folder, stackFolder: path.join(folder, "stacks") });
  expect(stack.file).toBe(path.join(folder, "stacks", "Pulumi.box.yaml"));
});

test("a stack named with its organisation and project has the same file", async () => {
  const folder = temporaryFolder(project);
  expect((await openStack("acme/tiny/box", folder)).file).toBe(
    path.join(folder, "stacks", "Pulumi.box.yaml"),
  );
});

test("a name with a mistake in it is refused with the names that there are", async () => {
  const folder = temporaryFolder({ ...project, "stacks/Pulumi.crate.yaml": "" });
  const opening = openStack("bocks", folder);
  await expect(opening).rejects.toThrow(/^there is no stack "bocks": .*Pulumi\.bocks\.yaml is missing$/);
  await expect(opening).rejects.toMatchObject({ remedy: "the stacks here are: box, crate" });
});

test("a folder outside any project is told so", async () => {
  const opening = openStack("box", temporaryFolder({}));
  await expect(opening).rejects.toThrow(Mendable);
  await expect(opening).rejects.toThrow(/no Pulumi\.yaml in .* or above it/);
});

test("a stack says what it runs on, and what about that", async () => {
  const settings = "config:\n  keelson:target: kubernetes\n  keelson:kubernetes: {context: office}\n";
  const folder = temporaryFolder({ ...project, "stacks/Pulumi.box.yaml": settings });
  expect(await openStack("box", folder)).toMatchObject({
    target: "kubernetes",
    targetSettings: { context: "office" },
  });
});

test.each(["", "config:\n", "config: [1]\n", "config:\n  keelson:target: 7\n"])(
  "a stack that does not say, as by %j, runs on Docker",
  async (content) => {
    const folder = temporaryFolder({ ...project, "stacks/Pulumi.box.yaml": content });
    expect(await openStack("box", folder)).toMatchObject({ target: "docker" });
  },
);

test("a stack file that is no YAML is named with the place of the mistake", async () => {
  const folder = temporaryFolder({ ...project, "stacks/Pulumi.box.yaml": "config: {a: \n" });
  await expect(openStack("box", folder)).rejects.toThrow(/Pulumi\.box\.yaml cannot be read: .* at line \d/);
});
