import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { report } from "../../../cli/commands/report.ts";
import { Mendable } from "../../../cli/mendable.ts";
import { openSession } from "../../../cli/session.ts";
import { shop } from "../report/facts.ts";
import { parseReport } from "../../support/report-page.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

vi.mock(import("../../../cli/topology/topology-of.ts"), () => ({
  topologyOf: async ({ name }) => ({ ...shop, stack: name }),
}));
vi.mock(import("../../../cli/session.ts"), async (original) => ({
  ...(await original()),
  openSession: vi.fn<typeof openSession>(),
}));

beforeEach(() => {
  vi.spyOn(console, "log").mockReturnValue();
  vi.spyOn(console, "error").mockReturnValue();
  vi.mocked(openSession).mockRejectedValue(new Mendable("no Docker answers", "start Docker"));
});

const STACK = "acceleration-docker";

describe("keelson report", () => {
  it("writes the page where nothing runs and nothing can be asked, and says so in it", async () => {
    const out = path.join(temporaryFolder(), "deep", "page.html");
    expect(await report(STACK, { out, verify: true })).toBe(0);
    const { sections, tables } = parseReport(readFileSync(out, "utf8"));
    for (const section of ["policies", "state"])
      expect(sections[section]).toMatch(/Not known.*no Docker answers.*start Docker/s);
    expect(sections["changes"]).toContain("This is the first report");
    expect(tables["What is kept running"]?.slice(1).map(([name]) => name)).toEqual(["db", "web"]);
    expect(sections["picture"]).toContain("web:1.0");
  });

  it("compares with the report that it writes over", async () => {
    const out = path.join(temporaryFolder(), "page.html");
    await report(STACK, { out });
    writeFileSync(out, readFileSync(out, "utf8").replace('"copies":["1"]', '"copies":["7"]'));
    await report(STACK, { out });
    const { sections, tables } = parseReport(readFileSync(out, "utf8"));
    expect(tables["What was added, removed or changed"]?.slice(1)).toEqual([
      ["service", "db", "changed", "copies: 7 → 1"],
    ]);
    expect(sections["state"]).toContain(`npx keelson report ${STACK} --verify`);
    await report(STACK, { out });
    expect(parseReport(readFileSync(out, "utf8")).sections["changes"]).toContain("nothing has changed");
  });

  it("writes over nothing that is no report, and over no other stack's", async () => {
    const folder = temporaryFolder({ "notes.html": "<p>mine</p>" });
    const notes = path.join(folder, "notes.html");
    await expect(report(STACK, { out: notes })).rejects.toThrow(/is there already, and is no report/);
    expect(readFileSync(notes, "utf8")).toBe("<p>mine</p>");
    const out = path.join(folder, "page.html");
    await report(STACK, { out });
    const before = readFileSync(out, "utf8");
    const refused = report("semantik-docker", { out });
    await expect(refused).rejects.toThrow(/is the report of "acceleration-docker"/);
    await expect(refused).rejects.toMatchObject({ remedy: "name another file: --out FILE" });
    expect(readFileSync(out, "utf8")).toBe(before);
  });
});
