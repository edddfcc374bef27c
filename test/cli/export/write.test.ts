import { readdirSync, readFileSync, statSync } from "node:fs";
import * as path from "node:path";
import { expect, test } from "vitest";
import { writeExport } from "../../../cli/export/write.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const format = { ending: /\.(ya?ml|json)$/ };
const file = (name: string, content = name, isSecret = false) => ({ name, content, isSecret });
const secrets = file("secrets.yaml", "hunter2", true);

test("[G3] secrets can be read by their owner alone, also where a file of that name was open to all", async () => {
  const folder = temporaryFolder({});
  await writeExport(folder, [file("namespace.yaml"), file("secrets.yaml")], format);
  await writeExport(folder, [file("namespace.yaml"), secrets], format);
  expect(statSync(path.join(folder, "secrets.yaml")).mode & 0o777).toBe(0o600);
  expect(readFileSync(path.join(folder, "secrets.yaml"), "utf8")).toBe("hunter2");
});

test("an export takes the place of the one before it", async () => {
  const folder = path.join(temporaryFolder({}), "new", "folder");
  await writeExport(folder, [file("namespace.yaml"), file("scaling.yaml")], format);
  await writeExport(folder, [file("namespace.yaml")], format);
  expect(readdirSync(folder).filter((name) => name.endsWith(".yaml"))).toEqual(["namespace.yaml"]);
});

test("a folder with files that would be deployed as well is refused, and left as it is", async () => {
  const folder = temporaryFolder({ "mine.yaml": "kind: Pod\n", "README.md": "" });
  await expect(writeExport(folder, [secrets], format)).rejects.toThrow(/has files already.*: mine\.yaml$/);
  expect(readdirSync(folder).toSorted()).toEqual(["README.md", "mine.yaml"]);
});
