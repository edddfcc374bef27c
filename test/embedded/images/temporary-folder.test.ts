import { existsSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { expect, it } from "vitest";
import { withTemporaryFolder } from "../../../embedded/images/temporary-folder.ts";

it("removes the folder that it lent after work that succeeded, and after work that failed", async () => {
  const lent: string[] = [];
  const use = async (folder: string) => {
    lent.push(folder);
    writeFileSync(path.join(folder, "base.tar"), "half of it");
    return existsSync(folder);
  };
  expect(await withTemporaryFolder(use)).toBe(true);
  const failing = withTemporaryFolder(async (folder) => {
    await use(folder);
    throw new Error("no space left on device");
  });
  await expect(failing).rejects.toThrow("no space left on device");
  expect(lent.map((folder) => existsSync(folder))).toEqual([false, false]);
});
