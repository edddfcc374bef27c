import type { Purpose } from "../topology/topology.ts";
import type { Card, CardKind, DrawnGroup, Picture } from "./picture.ts";

/** What is around a card's text, which makes its shape. */
const SHAPES: Readonly<Record<CardKind, readonly [string, string]>> = {
  entry: ["([", "])"],
  application: ["[", "]"],
  job: ["[[", "]]"],
  store: ["[(", ")]"],
  observability: ["[", "]"],
  outside: ["[", "]"],
};

const LINES: Readonly<Record<Purpose, string>> = { use: "-->", metrics: "-.->", telemetry: "-.->" };

/**
 * A picture as a flowchart of Mermaid, which GitHub and many wikis draw: https://mermaid.js.org/syntax/flowchart.html.
 * Colours are left to where it is shown.
 */
export function mermaidOf({ title, groups, arrows }: Picture): string {
  // Names may be words of the language, as "end" is; numbers are none.
  const ids = new Map(groups.flatMap(({ cards }) => cards).map(({ id }, index) => [id, `n${index}`]));
  return [
    "---",
    `title: ${JSON.stringify(title)}`,
    "---",
    "flowchart LR",
    ...groups.flatMap((group, index) => subgraph(group, `g${index}`, ids)),
    ...arrows.map(
      ({ from, to, label, purpose }) =>
        `  ${ids.get(from.card)} ${LINES[purpose]}|${quoted(label)}| ${ids.get(to.card)}`,
    ),
    "  classDef outside stroke-dasharray: 5 4",
    "",
  ].join("\n");
}

function subgraph(
  { kind, title, cards }: DrawnGroup,
  id: string,
  ids: ReadonlyMap<string, string>,
): readonly string[] {
  const [open, close] = SHAPES[kind];
  const mark = kind === "outside" ? ":::outside" : "";
  return [
    `  subgraph ${id}[${quoted(title)}]`,
    ...cards.map((card) => `    ${ids.get(card.id)}${open}${textOf(card)}${close}${mark}`),
    "  end",
  ];
}

function textOf({ title, lines }: Card): string {
  return quoted([title, ...lines].join("\n"));
}

/** Text in quotes; what means something to Mermaid stands as an entity, and lines are broken as its HTML labels want it. */
function quoted(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "#": "#35;",
    '"': "#quot;",
    "<": "#lt;",
    ">": "#gt;",
    "&": "#amp;",
    "`": "#96;",
  };
  return `"${text.replaceAll(/[#"<>&`]/g, (character) => entities[character]!).replaceAll("\n", "<br/>")}"`;
}
