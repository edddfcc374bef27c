import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { allGood, showChecks } from "../../cli/checks.ts";

const good = { kind: "service", name: "tools", outcome: "good", detail: "answers 200" } as const;
const doubtful = {
  kind: "Docker",
  name: "cores",
  outcome: "doubtful",
  detail: "2 cores",
  remedy: "say so",
} as const;
const bad = {
  kind: "container",
  name: "box-rag",
  outcome: "bad",
  detail: "unhealthy",
  remedy: "see its log",
} as const;

test("checks stand in columns, with what to do below", () => {
  expect(stripVTControlCharacters(showChecks([good, doubtful, bad])).split("\n")).toEqual([
    "✔  service    tools    answers 200",
    "!  Docker     cores    2 cores",
    "✖  container  box-rag  unhealthy",
    "",
    "! cores: say so",
    "✖ box-rag: see its log",
  ]);
});

test("only what is bad has to be mended", () => {
  expect(allGood([good, doubtful])).toBe(true);
  expect(allGood([good, bad])).toBe(false);
});
