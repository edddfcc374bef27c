import { toHtml } from "hast-util-to-html";
import { h } from "hastscript";
import type { Check } from "../checks.ts";
import { changeSection, time } from "./change-section.ts";
import { type Markup, type Section, sectionElement } from "./elements.ts";
import { findingList, type Judgement } from "./findings.ts";
import { type Kept, KEPT_ID, keptText } from "./kept.ts";
import { policySection } from "./policy-section.ts";
import { rowsOf } from "./rows.ts";
import { stackRows, stackSections } from "./stack-sections.ts";
import { stateSection } from "./state-section.ts";
import { style } from "./style.ts";
import { isUnknown, type Unknown } from "./unknown.ts";
import type { Topology } from "../topology/topology.ts";

/** What a report is made of. */
export interface ReportFacts {
  readonly stack: Topology;
  /** The references as a picture: an SVG. */
  readonly picture: string;
  readonly judgement: Judgement | Unknown;
  readonly state: readonly Check[] | Unknown;
  readonly written: Date;
  /** What the report that was there before has kept; nothing if this is the first. */
  readonly before: Kept | undefined;
}

/** Nothing is loaded from anywhere, and nothing on the page is run. */
const SECURITY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The report as one HTML page, which needs nothing beside itself. */
export function page(facts: ReportFacts): string {
  const { stack, picture, judgement, state, before } = facts;
  const kept = keptOf(facts);
  const sections = [
    changeSection(before, kept),
    ...stackSections(stack, picture),
    policySection(judgement),
    stateSection(state),
  ];
  const root = h(null, { type: "doctype" }, [
    h("html", { lang: "en" }, [
      h("head", [
        h("meta", { charSet: "utf-8" }),
        h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
        h("meta", { name: "color-scheme", content: "light dark" }),
        h("meta", { httpEquiv: "Content-Security-Policy", content: SECURITY }),
        h("title", `${stack.stack}: report`),
        h("style", style),
      ]),
      h("body", [
        h("a.skip", { href: "#main" }, "To the content"),
        pageHeader(facts, kept),
        contents(sections),
        h("main", { id: "main" }, sections.map(sectionElement)),
        h("footer", h("p", ["Written by keelson, ", time(kept.written), "."])),
        h("script", { id: KEPT_ID, type: "application/json" }, keptText(kept)),
      ]),
    ]),
  ]);
  // The picture is markup of this program's own. The page can be read as XML, too: by strict tools, and by tests.
  return toHtml(root, { allowDangerousHtml: true, closeSelfClosing: true, upperDoctype: true });
}

/** What the report keeps in itself. */
function keptOf({ stack, judgement, written }: ReportFacts): Kept {
  const known = !isUnknown(judgement);
  return {
    format: 1,
    stack: stack.stack,
    written: written.toISOString(),
    unknown: known ? [] : [findingList.kind],
    rows: [...stackRows(stack), ...(known ? rowsOf(findingList, judgement) : [])],
  };
}

function pageHeader({ stack: facts }: ReportFacts, { rows }: Kept): Markup {
  const { stack, platform, target, url } = facts;
  const count = (...kinds: readonly string[]) => rows.filter(({ kind }) => kinds.includes(kind)).length;
  const figures = {
    services: count("service"),
    jobs: count("job"),
    references: count("reference"),
    volumes: count("volume"),
    secrets: count("secret"),
    "public paths": count("exposure"),
  };
  return h("header", [
    h("h1", stack),
    h("p", [`The platform ${platform} on ${target}, at `, h("a", { href: url }, url)]),
    h(
      "dl.figures",
      Object.entries(figures).map(([name, value]) => h("div", [h("dt", name), h("dd", `${value}`)])),
    ),
  ]);
}

function contents(sections: readonly Section[]): Markup {
  return h("nav", { ariaLabel: "Contents" }, [
    h(
      "ul",
      sections.map(({ id, title }) => h("li", h("a", { href: `#${id}` }, title))),
    ),
  ]);
}
