import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formats } from "../../../cli/graph/formats.ts";
import type { Topology } from "../../../cli/topology/topology.ts";
import { parseFlowchart } from "../../support/mermaid.ts";
import { randomTopology } from "../../support/random-topology.ts";
import { parseSvg } from "../../support/svg.ts";

const count = ({ references, exposures }: Topology) => references.length + exposures.length;

const sentences = ({ references, exposures }: Topology) =>
  new Set([
    ...references.map(({ from, to, port: of }) => `${from} → ${to}: ${of.protocol} ${of.number}`),
    ...exposures.map(
      ({ entry, path, to, port: of }) => `${entry} ${path} → ${to}: ${of.protocol} ${of.number}`,
    ),
  ]);

describe("whatever a stack's names and texts are", () => {
  it("its SVG is well-formed and has an arrow for each reference and each public path, by its own words", async () => {
    await fc.assert(
      fc.asyncProperty(randomTopology, async (facts) => {
        const { arrows } = parseSvg(await formats.svg.draw(facts));
        expect(arrows).toHaveLength(count(facts));
        expect(new Set(arrows.map(({ title }) => title))).toEqual(sentences(facts));
      }),
      { numRuns: 60 },
    );
  });

  it("its flowchart is one, with as many arrows", () => {
    fc.assert(
      fc.property(randomTopology, (facts) => {
        const { title, edges } = parseFlowchart(formats.mermaid.draw(facts));
        expect(title).toBe(facts.stack);
        expect(edges).toHaveLength(count(facts));
      }),
    );
  });

  it("is drawn alike each time", async () => {
    await fc.assert(
      fc.asyncProperty(randomTopology, async (facts) => {
        expect(await formats.svg.draw(facts)).toBe(await formats.svg.draw(facts));
      }),
      { numRuns: 10 },
    );
  });
});
