import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { rowsOf } from "../support/page-tables.ts";

const root = path.join(import.meta.dirname, "..", "..");

/** Requirements by id: the files that show them, or none for those that come later. */
const requirements = new Map(
  rowsOf("requirements.md").flatMap(([id = "", , shown = ""]) =>
    /^[A-Z]\d+$/.test(id) ? [[id, [...shown.matchAll(/`([^`]+)`/g)].map(([, file]) => file!)] as const] : [],
  ),
);
const later = [...requirements].flatMap(([id, files]) => (files.length === 0 ? [id] : []));

/** Ids at the beginning of titles, by file; the tests of the summary itself have made-up ones. */
const shown = new Map(
  globSync("test/**/*.ts", { cwd: root, exclude: ["test/ci/**"] }).map((file) => {
    const beginnings = readFileSync(path.join(root, file), "utf8").matchAll(
      /["'`]((?:\[[A-Z]\d+(?:, ?[A-Z]\d+)*\] ?)+)/g,
    );
    return [file, new Set([...beginnings].flatMap(([, ids = ""]) => ids.match(/[A-Z]\d+/g) ?? []))];
  }),
);
const ids = [...new Set([...shown.values()].flatMap((each) => [...each]))];

describe("docs/requirements.md", () => {
  it("lists each requirement once, and says which come later", () => {
    const listed = rowsOf("requirements.md").flatMap(([id = ""]) => (/^[A-Z]\d+$/.test(id) ? [id] : []));
    expect(listed).toHaveLength(requirements.size);
    expect(later).toEqual(["G14", "G17", "S5", "M5", "O9", "K8", "K11"]);
  });

  it("knows every id that a test's title has", () => {
    expect(ids.filter((id) => !requirements.has(id))).toEqual([]);
  });

  it("has a test for every requirement that does not come later", () => {
    const missing = [...requirements.keys()].filter((id) => !later.includes(id) && !ids.includes(id));
    expect(missing).toEqual([]);
  });

  it.each([...requirements].filter(([, files]) => files.length > 0))(
    "names files whose tests show %s",
    (id, files) => {
      expect(files.filter((file) => !shown.get(file)?.has(id))).toEqual([]);
    },
  );
});
