import { type Child, h, type Result } from "hastscript";
import type { Listing, Row, Shown } from "./rows.ts";

/** Part of the page. Text in it is text, whatever signs it has. */
export type Markup = Result;

/** A part of the page that the list of contents leads to. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: readonly Markup[];
}

/** A section with its heading. */
export function sectionElement({ id, title, content }: Section): Markup {
  return h("section", { id, ariaLabelledBy: `${id}-title` }, [
    h("h2", { id: `${id}-title` }, title),
    h(null, ...content),
  ]);
}

/** A paragraph that explains what is below it. */
export function note(text: string): Markup {
  return h("p.note", text);
}

/** A table of rows; where there are none, a sentence that says so. */
export function rowsTable<Source>(
  listing: Listing<Source>,
  rows: readonly Row[],
  caption: string,
  without: string,
): Markup {
  if (rows.length === 0) return note(without);
  const columns = Object.entries(listing.columns).filter(([column]) =>
    rows.some(({ facts }) => facts[column]?.length),
  );
  const head = h("tr", [
    h("th", { scope: "col" }, listing.name),
    ...columns.map(([column, shown]) => h("th", { scope: "col", className: [shown] }, column)),
  ]);
  const body = rows.map(({ name, facts }) =>
    h("tr", [
      h("th", { scope: "row" }, name),
      ...columns.map(([column, shown]) => h("td", { className: [shown] }, lines(facts[column] ?? [], shown))),
    ]),
  );
  return table(caption, head, body);
}

/** A table that scrolls by itself where the screen is narrow. */
export function table(caption: string, head: Markup, body: readonly Markup[]): Markup {
  return h("div.scroll", { role: "region", ariaLabel: caption, tabIndex: 0 }, [
    h("table", [h("caption", caption), h("thead", head), h("tbody", [...body])]),
  ]);
}

/** What is markup already, and no text: of this program's own making. */
export function verbatim(markup: string): Markup {
  // What writes the page writes nodes of this type as they are; the types of hastscript do not know of it.
  return h(null, { type: "raw", value: markup } as unknown as Child);
}

function lines(texts: readonly string[], shown: Shown): Markup[] {
  if (texts.length === 0) return [h("span.none", "–")];
  if (shown === "list") return [h("div", texts.join(", "))];
  return texts.map((text) => h("div", shown === "code" ? h("code", text) : text));
}
