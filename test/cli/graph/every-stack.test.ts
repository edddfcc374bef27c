import { describe, expect, it } from "vitest";
import { formats } from "../../../cli/graph/formats.ts";
import type { Topology } from "../../../cli/topology/topology.ts";
import { parseFlowchart } from "../../support/mermaid.ts";
import { stackNames } from "../../support/stack-file.ts";
import { parseSvg } from "../../support/svg.ts";
import { topologyFor } from "../../support/topologies.ts";

/** Each reference and each public path, as an arrow says it. */
const sentences = ({ references, exposures }: Topology) =>
  [
    ...references.map(({ from, to, port }) => `${from} → ${to}: ${port.protocol} ${port.number}`),
    ...exposures.map(
      ({ entry, path, to, port }) => `${entry} ${path} → ${to}: ${port.protocol} ${port.number}`,
    ),
  ].toSorted();

const namesOf = ({ workloads, references, exposures }: Topology) => [
  ...workloads.map(({ name }) => name),
  ...new Set(exposures.map(({ entry }) => entry)),
  ...new Set(references.flatMap(({ to, outside }) => (outside ? [to] : []))),
];

describe.each(stackNames())("%s", (name) => {
  it("as SVG has an arrow for each reference and each public path, and no other", async () => {
    const topology = await topologyFor(name);
    const { arrows, cards } = parseSvg(await formats.svg.draw(topology));
    expect(arrows.map(({ title }) => title).toSorted()).toEqual(sentences(topology));
    expect(cards.map((card) => card.replace(/^(entry|outside) /, "")).toSorted()).toEqual(
      namesOf(topology).toSorted(),
    );
    for (const { title, ends } of arrows) {
      const [, from = "", to = ""] = /^(\S+)(?: \S+)? → (\S+): /.exec(title) ?? [];
      expect(ends).toContain(from);
      expect(ends).toContain(to);
    }
  });

  it("as SVG needs nothing beside itself, and has colours for dark pages", async () => {
    const { root } = parseSvg(await formats.svg.draw(await topologyFor(name)));
    const elements = [...root.getElementsByTagName("*")];
    const allowed = new Set(["svg", "style", "g", "title", "a", "path", "polygon", "text"]);
    expect(elements.map(({ tagName }) => tagName).filter((each) => !allowed.has(each))).toEqual([]);
    const attributes = elements.flatMap((each) => [...each.attributes]);
    expect(attributes.filter((each) => /href|^on|^src$/.test(each.name))).toEqual([]);
    const [style] = root.getElementsByTagName("style");
    expect(style!.textContent).toContain("prefers-color-scheme: dark");
    expect(style!.textContent).not.toMatch(/url\(|@import/);
  });

  it("as Mermaid has an arrow for each reference and each public path, and no other", async () => {
    const topology = await topologyFor(name);
    const { title, nodes, edges } = parseFlowchart(formats.mermaid.draw(topology));
    expect(title).toBe(name);
    const called = (node: string) => nodes.get(node)!.split("<br/>")[0]!;
    const drawn = edges.map(({ from, to, label }) => {
      const [path, port] = label.includes(" · ") ? label.split(" · ") : [undefined, label];
      return `${[called(from), path].filter(Boolean).join(" ")} → ${called(to)}: ${port}`;
    });
    expect(drawn.toSorted()).toEqual(sentences(topology));
    expect([...nodes.keys()].map(called).toSorted()).toEqual(namesOf(topology).toSorted());
  });

  it("as JSON is the facts themselves", async () => {
    const topology = await topologyFor(name);
    expect(JSON.parse(formats.json.draw(topology))).toEqual(topology);
  });
});
