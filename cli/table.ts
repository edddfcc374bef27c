import { stripVTControlCharacters } from "node:util";

/** Lines of text in columns as wide as their widest cell; the last column is as long as it is. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ""))),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell + " ".repeat(Math.max(0, widths[column]! - widthOf(cell))))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** The width on a screen: colours take none. */
function widthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
