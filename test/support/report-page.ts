import { DOMParser, type Element } from "@xmldom/xmldom";

/** A table of a report: what stands in its cells, row by row, the head first. */
export type Cells = readonly (readonly string[])[];

/** A report as it is read. */
export interface ReportPage {
  readonly elements: readonly Element[];
  /** Tables by their captions. */
  readonly tables: Readonly<Record<string, Cells>>;
  /** Texts of sections by their ids. */
  readonly sections: Readonly<Record<string, string>>;
}

/**
 * Reads a report as strictly as a browser reads XML.
 *
 * @throws Error when it is not well-formed
 */
export function parseReport(page: string): ReportPage {
  const parser = new DOMParser({
    onError: (level, message) => {
      throw new Error(`${level}: ${message}`);
    },
  });
  const root = parser.parseFromString(page, "text/xml").documentElement!;
  const all = (of: Element, name: string) => [...of.getElementsByTagName(name)];
  const textOf = (each: Element) => each.textContent ?? "";
  return {
    elements: all(root, "*"),
    tables: Object.fromEntries(
      all(root, "table").map((each) => [textOf(all(each, "caption")[0]!), all(each, "tr").map(cellsOf)]),
    ),
    sections: Object.fromEntries(all(root, "section").map((each) => [each.getAttribute("id"), textOf(each)])),
  };
}

function cellsOf(row: Element): readonly string[] {
  const cells = [...row.childNodes].filter(({ nodeName }) => nodeName === "td" || nodeName === "th");
  return cells.map((cell) => {
    const lines = [...cell.childNodes].filter(({ nodeName }) => nodeName === "div");
    return (lines.length > 0 ? lines : [cell]).map(({ textContent }) => textContent).join("\n");
  });
}
