import { h } from "hastscript";
import { type Check, countChecks } from "../checks.ts";
import type { Outcome } from "../terminal.ts";
import { type Markup, type Section, table } from "./elements.ts";
import { isUnknown, type Unknown, unknownContent } from "./unknown.ts";

/** How an outcome is called. */
const words: Readonly<Record<Outcome, string>> = { good: "well", doubtful: "doubtful", bad: "not well" };

/** How the stack runs at the moment. */
export function stateSection(state: readonly Check[] | Unknown): Section {
  return {
    id: "state",
    title: "State",
    content: isUnknown(state) ? unknownContent(state) : checked(state),
  };
}

function checked(checks: readonly Check[]): readonly Markup[] {
  const bad = checks.filter(({ outcome }) => outcome === "bad");
  const verdict = bad.length === 0 ? h("b.good", "All is well: ") : h("b.bad", `${bad.length} not well, of `);
  const head = h(
    "tr",
    ["Kind", "Name", "State", "Seen", "What to do"].map((title) => h("th", { scope: "col" }, title)),
  );
  const body = checks.map(({ kind, name, outcome, detail, remedy }) =>
    h("tr", [
      h("td", kind),
      h("th", { scope: "row" }, name),
      h("td", { className: [outcome] }, words[outcome]),
      h("td", detail),
      h("td", remedy ?? h("span.none", "–")),
    ]),
  );
  return [h("p", [verdict, `${countChecks(checks)}.`]), table("As verify found it", head, body)];
}
