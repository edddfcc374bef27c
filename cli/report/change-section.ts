import { h } from "hastscript";
import type { Change, ChangedFact } from "./changes.ts";
import { changesBetween } from "./changes.ts";
import { type Markup, note, type Section, table } from "./elements.ts";
import type { Kept } from "./kept.ts";

/** What changed since the report that was there before. */
export function changeSection(before: Kept | undefined, now: Kept): Section {
  return { id: "changes", title: "Changes", content: content(before, now) };
}

function content(before: Kept | undefined, now: Kept): readonly Markup[] {
  if (before === undefined) {
    return [note("This is the first report: the next one to the same file says what has changed since.")];
  }
  const changes = changesBetween(before, now);
  const incomparable = [...new Set([...before.unknown, ...now.unknown])];
  return [
    h("p", [
      "Since the report of ",
      time(before.written),
      changes.length > 0 ? ":" : " nothing has changed.",
    ]),
    ...(incomparable.length > 0
      ? [note(`Not compared, since one of both reports does not know it: ${incomparable.join(", ")}.`)]
      : []),
    ...(changes.length > 0 ? [changesTable(changes)] : []),
  ];
}

/** A moment, for people and programs. */
export function time(iso: string): Markup {
  return h("time", { dateTime: iso }, `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`);
}

function changesTable(changes: readonly Change[]): Markup {
  const head = h(
    "tr",
    ["Kind", "Name", "Change", "Before and after"].map((title) => h("th", { scope: "col" }, title)),
  );
  const body = changes.map(({ kind, name, how, facts }) =>
    h("tr", [
      h("td", kind),
      h("th", { scope: "row" }, name),
      h("td", { className: [how] }, how),
      h("td", facts.map(factElement)),
    ]),
  );
  return table("What was added, removed or changed", head, body);
}

function factElement({ fact, before, after }: ChangedFact): Markup {
  return h("div", [
    `${fact}: `,
    ...(before.length > 0 ? [h("del", before.join("; "))] : []),
    before.length > 0 && after.length > 0 ? " → " : "",
    ...(after.length > 0 ? [h("ins", after.join("; "))] : []),
  ]);
}
