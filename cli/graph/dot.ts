import type { Arrow, Card, DrawnGroup, End, Outlet, Picture } from "./picture.ts";

/** Graphviz reckons with the widths of this font's letters, as long as it is named alone. */
const FONT = "Arial";

/** Colour of what matters less. Nothing else has it, so that a style sheet finds it. */
export const MUTED = "#57606a";

/** A picture in Graphviz's language. Colours are a style sheet's business, which knows cards and arrows by their classes. */
export function dotOf({ title, groups, arrows }: Picture): string {
  return `digraph ${quoted(title)} {
  graph [${attributes({
    class: "keelson-graph",
    label: title,
    labelloc: "t",
    labeljust: "l",
    rankdir: "LR",
    fontname: FONT,
    fontsize: "16",
    nodesep: "0.14",
    ranksep: "1",
    pad: "0.3",
    bgcolor: "white",
  })}];
  node [${attributes({ shape: "plain", fontname: FONT, fontsize: "12" })}];
  edge [${attributes({ arrowsize: "0.7", fontname: FONT, fontsize: "10" })}];
${groups.map(clusterOf).join("\n")}
${arrows.map(edgeOf).join("\n")}
}
`;
}

function clusterOf({ kind, title, cards }: DrawnGroup): string {
  const label = {
    label: title,
    class: `group ${kind}`,
    labeljust: "l",
    style: "rounded",
    margin: "14",
    fontsize: "13",
  };
  return `  subgraph ${quoted(`cluster ${kind}`)} {
    graph [${attributes({ ...label, id: `group-${kind}` })}];
${cards.map((card) => `    ${quoted(card.id)} [class="card ${kind}", id=${quoted(`card-${card.id.replaceAll(" ", "-")}`)}, label=<${labelOf(card)}>];`).join("\n")}
  }`;
}

/** A card: its name and what is said of it at the left, its ports or paths below. */
function labelOf({ title, lines, inlets, outlets }: Card): string {
  const text = [
    `<B>${escaped(title)}</B>`,
    ...lines.map((line) => `<FONT POINT-SIZE="10" COLOR="${MUTED}">${escaped(line)}</FONT>`),
  ];
  const head = `<TR><TD ALIGN="LEFT" BALIGN="LEFT" BORDER="0" CELLPADDING="5">${text.join("<BR/>")}</TD></TR>`;
  const rows = [
    ...inlets.map((inlet) => rowOf(inlet, "LEFT")),
    ...outlets.map((outlet) => rowOf(outlet, "RIGHT")),
  ];
  return `<TABLE BORDER="1" CELLBORDER="0" CELLSPACING="0" CELLPADDING="3" BGCOLOR="white" STYLE="ROUNDED">${head}${rows.join("")}</TABLE>`;
}

function rowOf({ id, label }: Outlet, align: "LEFT" | "RIGHT"): string {
  return `<TR><TD CELLPADDING="4" PORT="${escaped(id)}" ALIGN="${align}"><FONT POINT-SIZE="10">${escaped(label)}</FONT></TD></TR>`;
}

function edgeOf({ from, to, title, purpose, backwards }: Arrow, index: number): string {
  const more = attributes({
    class: `arrow ${purpose}`,
    id: `arrow-${index}`,
    tooltip: title,
    // What only observes does not decide where things are.
    ...(purpose !== "use" && { weight: "0", style: "dotted", penwidth: "1.4" }),
  });
  if (backwards) return `  ${endOf(to, "e")} -> ${endOf(from, "w")} [dir="back", ${more}];`;
  return `  ${endOf(from, "e")} -> ${endOf(to, "w")} [${more}];`;
}

function endOf({ card, outlet }: End, side: "e" | "w"): string {
  return outlet === undefined ? `${quoted(card)}:${side}` : `${quoted(card)}:${quoted(outlet)}:${side}`;
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key}=${quoted(value)}`)
    .join(", ");
}

function quoted(text: string): string {
  return `"${escaped(text)}"`;
}

/** Text as XML has it, which Graphviz takes over as it is. A backslash, which no name and no URL has, would keep a quote from ending the text. */
function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\\": "&#92;",
  };
  return text.replaceAll(/[&<>"\\]/g, (character) => entities[character]!);
}
