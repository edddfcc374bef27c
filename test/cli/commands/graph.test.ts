import { readFileSync } from "node:fs";
import * as path from "node:path";
import { execa } from "execa";
import { afterEach, expect, it, vi } from "vitest";
import { fileFor, graph } from "../../../cli/commands/graph.ts";
import { formats } from "../../../cli/graph/formats.ts";
import { parseFlowchart } from "../../support/mermaid.ts";
import { parseSvg } from "../../support/svg.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const root = path.resolve(import.meta.dirname, "../../..");

afterEach(() => {
  vi.restoreAllMocks();
});

it("writes to the file that is asked for, and nothing to standard output", async () => {
  const out = path.join(temporaryFolder(), "stack.mmd");
  const written = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const told = vi.spyOn(console, "error").mockReturnValue(undefined);
  expect(await graph("skills-docker", { format: "mermaid", out })).toBe(0);
  expect(written).not.toHaveBeenCalled();
  expect(told).toHaveBeenCalledWith(`wrote ${out}`);
  expect(parseFlowchart(readFileSync(out, "utf8")).title).toBe("skills-docker");
});

it("has a file of its own for what nobody reads on a terminal", () => {
  expect(fileFor(formats.svg, "box", true)).toBe("graph-box.svg");
});

it("writes all else to standard output", () => {
  expect(fileFor(formats.svg, "box", false)).toBeUndefined();
  expect(fileFor(formats.mermaid, "box", true)).toBeUndefined();
  expect(fileFor(formats.json, "box", true)).toBeUndefined();
});

it("is a command that writes to a pipe an SVG and nothing else", async () => {
  const { stdout, stderr } = await execa(
    process.execPath,
    [path.join(root, "cli/main.ts"), "graph", "skills-docker"],
    { cwd: root },
  );
  expect(parseSvg(stdout).cards).toContain("entry proxy");
  expect(stderr).toBe("");
});

it("names the forms that there are when there is no such, before anything is read", async () => {
  await expect(graph("no-such-stack", { format: "png" })).rejects.toMatchObject({
    message: '"png" is no format',
    remedy: "there are: svg, mermaid, json",
  });
});
