import { faint, sign, strong } from "../terminal.ts";
import type { Checklist, Item } from "./checklist.ts";

const PHASES = {
  before: "before the deployment",
  deployment: "deployment",
  afterwards: "after the deployment",
} as const satisfies Record<keyof Checklist, string>;

/** A checklist as text: what is left has the command that does it. */
export function showChecklist(checklist: Checklist): string {
  const phases = Object.entries(PHASES) as [keyof Checklist, string][];
  return phases
    .map(([phase, title]) => [strong(title), ...checklist[phase].map(line)].join("\n"))
    .join("\n\n");
}

function line({ text, done, command }: Item): string {
  return done ? `  ${sign("good")} ${text}` : `  ○ ${text}\n      ${faint(command ?? "")}`;
}
