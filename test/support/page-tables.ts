import { readFileSync } from "node:fs";

/** The text of a page of `docs/`. */
export function pageOf(name: string): string {
  return readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8");
}

/** The rows of a page's tables, without the spaces that line them up. */
export function rowsOf(name: string): readonly (readonly string[])[] {
  return pageOf(name)
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .split("|")
        .map((cell) => cell.trim())
        .slice(1, -1),
    );
}
