import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changesBetween } from "../../../cli/report/changes.ts";
import { type Kept, keptIn, keptText } from "../../../cli/report/kept.ts";
import { page } from "../../../cli/report/page.ts";
import { parseReport } from "../../support/report-page.ts";
import { first, shop } from "./facts.ts";

const rows = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom("service", "volume", "finding"),
    name: fc.string(),
    facts: fc.dictionary(fc.constantFrom("image", "ports", "GiB"), fc.array(fc.string(), { minLength: 1 })),
  }),
  { minLength: 1, selector: ({ kind, name }) => JSON.stringify([kind, name]) },
);

const kept = (facts: Kept["rows"], unknown: readonly string[] = []): Kept => ({
  format: 1,
  stack: "shop",
  written: "2026-03-01T12:00:00.000Z",
  unknown,
  rows: facts,
});

const onPage = (text: string) => `<script id="keelson-report" type="application/json">${text}</script>`;

describe("what has changed between two reports", () => {
  it("is nothing where they say the same, in whatever order", () => {
    fc.assert(
      fc.property(rows, (facts) => {
        expect(changesBetween(kept(facts), kept(facts.toReversed()))).toEqual([]);
      }),
    );
  });

  it("is the one fact that another report says otherwise, before and after", () => {
    fc.assert(
      fc.property(rows, fc.nat(), (facts, at) => {
        const row = facts[at % facts.length]!;
        const before = row.facts["image"] ?? [];
        const after = [...before, "another"];
        const changed = facts.map((each) =>
          each === row ? { ...row, facts: { ...row.facts, image: after } } : each,
        );
        expect(changesBetween(kept(facts), kept(changed))).toEqual([
          { kind: row.kind, name: row.name, how: "changed", facts: [{ fact: "image", before, after }] },
        ]);
      }),
    );
  });

  it("is a thing that only one of them has: added or removed, with all that is said of it", () => {
    fc.assert(
      fc.property(rows, fc.nat(), (facts, at) => {
        const row = facts[at % facts.length]!;
        const others = facts.filter((each) => each !== row);
        const said = (order: "before" | "after") =>
          Object.entries(row.facts).map(([fact, texts]) => ({ fact, before: [], after: [], [order]: texts }));
        const { kind, name } = row;
        expect(changesBetween(kept(others), kept(facts))).toEqual([
          { kind, name, how: "added", facts: said("after") },
        ]);
        expect(changesBetween(kept(facts), kept(others))).toEqual([
          { kind, name, how: "removed", facts: said("before") },
        ]);
      }),
    );
  });

  it("says nothing of kinds that one of them did not know", () => {
    const finding = { kind: "finding", name: "pinned-images: db", facts: {} };
    expect(changesBetween(kept([finding]), kept([], ["finding"]))).toEqual([]);
    expect(changesBetween(kept([], ["finding"]), kept([finding]))).toEqual([]);
  });
});

it("what a report keeps is read as it was, whatever signs are in it", () => {
  fc.assert(
    fc.property(rows, (facts) => {
      const text = keptText(kept(facts));
      expect(text).not.toMatch(/[<&]/);
      expect(keptIn(onPage(text))).toEqual(kept(facts));
    }),
  );
});

it.each(["<p>no report</p>", onPage("{"), onPage('{"format":2}')])(
  "%s is no report that is known",
  (text) => {
    expect(keptIn(text)).toBeUndefined();
  },
);

describe("the page", () => {
  const before = keptIn(page(first))!;
  const next = { ...first, before, written: new Date("2026-03-02T12:00:00Z") };

  it("says that it is the first", () => {
    expect(parseReport(page(first)).sections["changes"]).toContain("This is the first report");
  });

  it("says that nothing has changed, since when", () => {
    const { changes } = parseReport(page(next)).sections;
    expect(changes).toContain("Since the report of 2026-03-01 12:00 UTC nothing has changed.");
  });

  it("shows what was added, removed and changed, before and after", () => {
    const [db, , , web] = shop.workloads;
    const stack = { ...shop, workloads: [db!, { ...web!, image: "example.com/web:2.0" }], references: [] };
    const [, ...shown] = parseReport(page({ ...next, stack })).tables["What was added, removed or changed"]!;
    const [port, purpose] = ["port: 5432 sql, tcp", "what for: uses it"];
    expect(shown).toContainEqual([
      ...["service", "web", "changed"],
      "image: example.com/web:1.0 → example.com/web:2.0",
    ]);
    expect(shown).toContainEqual(["reference", "web → db:5432", "removed", `${port}\n${purpose}`]);
    expect(shown.filter(([, , how]) => how === "added")).toEqual([]);
    expect(
      parseReport(page({ ...first, before: keptIn(page({ ...next, stack })) })).sections["changes"],
    ).toContain("jobmigrationsadded");
  });

  it("compares no findings where one of both reports has none to compare, and says so", () => {
    const unjudged = page({ ...next, judgement: { why: "there is no engine" } });
    expect(parseReport(unjudged).sections["changes"]).toContain("Not compared");
    expect(keptIn(unjudged)?.unknown).toEqual(["finding"]);
  });
});
