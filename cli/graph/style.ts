import { MUTED } from "./dot.ts";
import type { CardKind } from "./picture.ts";

/** Colours of one kind of card. */
interface Tint {
  readonly fill: string;
  readonly line: string;
}

/** Colours of a picture, on a light or on a dark page. */
interface Palette {
  readonly page: string;
  readonly text: string;
  readonly muted: string;
  readonly group: string;
  readonly arrow: string;
  readonly cards: Readonly<Record<CardKind, Tint>>;
}

const LIGHT: Palette = {
  page: "#ffffff",
  text: "#1f2328",
  muted: MUTED,
  group: "#8c959f",
  arrow: "#57606a",
  cards: {
    entry: { fill: "#dbe9ff", line: "#1f5fbf" },
    application: { fill: "#e2f4e6", line: "#1f7a3d" },
    job: { fill: "#f3f6fa", line: "#57606a" },
    store: { fill: "#fdf0dc", line: "#9a6700" },
    observability: { fill: "#f1e8fd", line: "#7a3fb8" },
    outside: { fill: "#ffffff", line: "#57606a" },
  },
};

const DARK: Palette = {
  page: "#0d1117",
  text: "#e6edf3",
  muted: "#9da7b3",
  group: "#484f58",
  arrow: "#9da7b3",
  cards: {
    entry: { fill: "#122d52", line: "#58a6ff" },
    application: { fill: "#12351d", line: "#3fb950" },
    job: { fill: "#1c2128", line: "#768390" },
    store: { fill: "#3a2a08", line: "#d29922" },
    observability: { fill: "#2c1c47", line: "#b083f0" },
    outside: { fill: "#0d1117", line: "#768390" },
  },
};

/** Everything begins with the graph's class, since a picture inside a page shares its style sheets with that. */
const ROOT = ".keelson-graph";

/** The style sheet of a picture: light, or dark where whoever looks prefers that. */
export function styleSheet(): string {
  return `${ROOT} text { font-family: Arial, "Liberation Sans", Helvetica, sans-serif; }
${ROOT} .outside path { stroke-dasharray: 5 4; }
${ROOT} .arrow path { stroke-opacity: 0.8; }
${ROOT} .arrow:hover path { stroke-width: 2.5; stroke-opacity: 1; }
${coloursOf(LIGHT)}
@media (prefers-color-scheme: dark) {
${coloursOf(DARK)}
}`;
}

function coloursOf({ page, text, muted, group, arrow, cards }: Palette): string {
  const kinds = Object.entries(cards).map(
    ([kind, { fill, line }]) => `${ROOT} .card.${kind} path { fill: ${fill}; stroke: ${line}; }`,
  );
  return [
    `${ROOT} > polygon { fill: ${page}; }`,
    `${ROOT} text { fill: ${text}; }`,
    `${ROOT} text[fill="${MUTED}"] { fill: ${muted}; }`,
    `${ROOT} .group path { fill: none; stroke: ${group}; }`,
    `${ROOT} .arrow path { stroke: ${arrow}; }`,
    `${ROOT} .arrow polygon { fill: ${arrow}; stroke: ${arrow}; }`,
    ...kinds,
  ].join("\n");
}
