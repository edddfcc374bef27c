import { describe, expect, it } from "vitest";
import { page } from "../../../cli/report/page.ts";
import type { Cost } from "../../../cli/topology/topology.ts";
import { parseReport } from "../../support/report-page.ts";
import { first, shop } from "./facts.ts";

const CAPTION = "What the cloud charges, by its lists";
const cost: Cost = {
  region: "us-west-2",
  asOf: "October 2026",
  lists: ["https://example.com/prices"],
  items: [
    { name: "control plane", atFirst: 73, atMost: 73 },
    { name: 'nodes "general", 3 to 10 × t3.xlarge', atFirst: 388.4, atMost: 1294.7 },
  ],
};
const report = (of: Cost | undefined) =>
  parseReport(page({ ...first, stack: { ...shop, ...(of && { cost: of }) } }));

describe("the section on cost", () => {
  it("has each item and the sum, in whole dollars", () => {
    const [, ...rows] = report(cost).tables[CAPTION]!;
    expect(rows).toEqual([
      ["control plane", "73", "73"],
      ['nodes "general", 3 to 10 × t3.xlarge', "388", "1295"],
      ["together", "461", "1368"],
    ]);
  });

  it("says that it is an estimate, of which region and of when, and where the lists are", () => {
    const text = report(cost).sections["cost"]!;
    for (const part of ["An estimate", "us-west-2", "October 2026", "https://example.com/prices"])
      expect(text).toContain(part);
  });

  it("says of a sum what is not in it", () => {
    const unknown = { ...cost, items: [...cost.items, { name: "nodes of another kind" }] };
    const rows = report(unknown).tables[CAPTION]!;
    expect(rows.slice(-2)).toEqual([
      ["nodes of another kind", "–", "–"],
      ["together, without what has no price here", "461", "1368"],
    ]);
  });

  it("is left out where nobody knows what the stack costs", () => {
    const { tables, sections } = report(undefined);
    expect(tables[CAPTION]).toBeUndefined();
    expect(sections["cost"]).toBeUndefined();
  });
});
