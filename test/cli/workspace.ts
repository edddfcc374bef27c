import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { onTestFinished } from "vitest";

/** Makes a folder with these files, which goes when the test ends. */
export async function workspace(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "keelson-cli-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
    if (content.startsWith("#!")) await chmod(file, 0o755);
  }
  return folder;
}

/** The files of a project with one stack, `box`. */
export const project = {
  "Pulumi.yaml": "name: tiny\nruntime: nodejs\nstackConfigDir: stacks\n",
  "stacks/Pulumi.box.yaml": "# what the box runs\nconfig:\n  tiny:size: 3 # litres\n",
};
