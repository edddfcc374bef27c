import { readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { rowsOf } from "../support/page-tables.ts";

const golden = readFileSync(
  path.join(import.meta.dirname, "..", "program", "golden", "clusters", "gke.txt"),
  "utf8",
);
const kept = rowsOf("gke.md").filter(([id = "", , here]) => /^5\.\d+\.\d+$/.test(id) && here === "yes");

/** Names and values that a cell has in code. */
function inCode(cell: string): string[] {
  const texts = [...cell.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text);
  return texts.flatMap((text) => text.split(/: |\./)).filter((part) => part !== "");
}

describe("docs/gke.md", () => {
  it("[G18] goes through all recommendations of the benchmark's fifth section", () => {
    const ids = rowsOf("gke.md").flatMap(([id = ""]) => (/^5\.\d+\.\d+$/.test(id) ? [id] : []));
    const last = { 1: 4, 2: 2, 3: 1, 4: 1, 5: 7, 6: 7, 7: 2, 8: 3, 9: 2, 10: 5 };
    const all = Object.entries(last).flatMap(([group, count]) =>
      Array.from({ length: count }, (_, index) => `5.${group}.${index + 1}`),
    );
    expect(ids).toEqual(all);
  });

  it.each(kept)("[G18] shows for %s, %s, inputs that the golden file has", (_, __, ___, shown = "") => {
    expect(inCode(shown).filter((part) => !golden.includes(part))).toEqual([]);
  });
});
