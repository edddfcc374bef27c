import { readFileSync } from "node:fs";
import * as path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";

type Test = readonly [title: string, status: string, ...failureMessages: string[]];

/** A report as vitest writes it. */
const report = (...tests: readonly Test[]) =>
  JSON.stringify({
    testResults: [
      {
        name: "a.test.ts",
        status: "passed",
        assertionResults: tests.map(([fullName, status, ...failureMessages]) => ({
          fullName,
          status,
          failureMessages,
        })),
      },
    ],
  });

/** Sums these reports up, after these tiers failed. */
async function summary(reports: Readonly<Record<string, string>>, failedTiers: readonly string[] = []) {
  const folder = temporaryFolder(reports);
  const { stdout, exitCode } = await execa(
    process.execPath,
    [path.resolve(".ci/summary.mjs"), ...failedTiers],
    {
      env: { KEELSON_REPORTS: folder },
      reject: false,
    },
  );
  const lines = stdout.split("\n");
  return { lines, last: lines.at(-1), exitCode };
}

test("tests of all tiers are counted in one line", async () => {
  const reports = {
    "fast.json": report(["one", "passed"], ["two", "passed"]),
    "engine.json": report(["three", "passed"]),
  };
  expect(await summary(reports)).toMatchObject({ last: "3 passed, 0 failed", exitCode: 0 });
});

test("skipped tests are counted, and none is when there is none", async () => {
  const reports = { "fast.json": report(["one", "passed"], ["two", "pending"], ["three", "skipped"]) };
  expect(await summary(reports)).toMatchObject({ last: "1 passed, 0 failed, 2 skipped", exitCode: 0 });
});

test("a test that failed is named, and counts once", async () => {
  const { lines, last, exitCode } = await summary({ "engine.json": report(["up works", "failed"]) }, [
    "engine",
  ]);
  expect(lines).toContain("failed: engine: up works");
  expect(last).toBe("0 passed, 1 failed");
  expect(exitCode).toBe(1);
});

test("what a failed test said stands below its name", async () => {
  const told = "AssertionError: expected 2 to be 3\n    at a.test.ts:7";
  const { lines } = await summary({ "engine.json": report(["up works", "failed", told]) }, ["engine"]);
  expect(lines.slice(0, 3)).toEqual([
    "failed: engine: up works",
    "  AssertionError: expected 2 to be 3",
    "      at a.test.ts:7",
  ]);
});

test("a tier that failed without a failed test counts as well: types, lint or set-up", async () => {
  const { lines, last, exitCode } = await summary({ "fast.json": report(["one", "passed"]) }, ["fast"]);
  expect(lines).toContain("failed: fast, before or beside its tests");
  expect(last).toBe("1 passed, 1 failed");
  expect(exitCode).toBe(1);
});

test("a file that fell before its first test counts as a failure", async () => {
  const fallen = JSON.stringify({
    testResults: [{ name: "a.test.ts", status: "failed", assertionResults: [] }],
  });
  expect(await summary({ "fast.json": fallen }, ["fast"])).toMatchObject({
    last: "0 passed, 1 failed",
    exitCode: 1,
  });
});

test("without any test there is no success", async () => {
  expect(await summary({})).toMatchObject({ last: "0 passed, 0 failed", exitCode: 1 });
});

test("requirements are proven by tests that passed, and listed once and in order", async () => {
  const reports = {
    "fast.json": report(
      ["[G10] a", "passed"],
      ["[G2, K5] b", "passed"],
      ["[G2] c", "passed"],
      ["[A1] d", "failed"],
    ),
  };
  expect((await summary(reports)).lines).toContain("requirements proven: G2 G10 K5");
});

test("requirements that no test has shown are listed, apart from those that come later", async () => {
  const { lines } = await summary({ "fast.json": report(["[G1] a", "passed"], ["[A1] b", "failed"]) });
  const without = lines.find((line) => line.startsWith("requirements without a test: "))!.split(" ");
  expect(without).toEqual(expect.arrayContaining(["A1", "G2", "K12"]));
  expect(without).not.toContain("G1");
  expect(without).not.toContain("G14");
  expect(lines).toContain("requirements that come later: G14 G17 K8 K11 M5 O9 S5");
});

test("no requirement is left where tests have shown them all", async () => {
  const page = readFileSync("docs/requirements.md", "utf8");
  const ids = [...page.matchAll(/^\| ([A-Z]\d+) /gm)].map(([, id]) => id!);
  const { lines } = await summary({ "fast.json": report([`[${ids.join(", ")}] all`, "passed"]) });
  expect(lines).toContain("requirements without a test: none");
  expect(lines).toContain("requirements that come later: none");
});
