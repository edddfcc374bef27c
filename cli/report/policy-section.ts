import { h } from "hastscript";
import { rules } from "../../policies/rules/index.ts";
import { type Markup, note, rowsTable, type Section } from "./elements.ts";
import { findingList, type Judgement } from "./findings.ts";
import { rowsOf } from "./rows.ts";
import { counted } from "./text.ts";
import { isUnknown, type Unknown, unknownContent } from "./unknown.ts";

/** What the policies say of what the stack's program wants. */
export function policySection(judgement: Judgement | Unknown): Section {
  return {
    id: "policies",
    title: "Policies",
    content: isUnknown(judgement) ? unknownContent(judgement) : judged(judgement),
  };
}

function judged(judgement: Judgement): readonly Markup[] {
  const found = rowsOf(findingList, judgement);
  const looked = `${counted(rules.length, "policy", "policies")} looked at ${counted(judgement.resources, "resource")} of a preview`;
  return [
    found.length === 0
      ? h("p", [h("b.good", "Nothing found: "), `${looked}.`])
      : note(`${looked}. A mandatory policy refuses what it finds, an advisory one lets it go on.`),
    ...(found.length === 0 ? [] : [rowsTable(findingList, found, "What the policies found", "")]),
  ];
}
