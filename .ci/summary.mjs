// Sums the tiers' reports up: what failed, which requirements are proven, and the line that counts everything.
// node .ci/summary.mjs [FAILED TIER …]
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const folder = process.env.KEELSON_REPORTS ?? "reports";
const failedTiers = process.argv.slice(2);

const reports = new Map(
  (existsSync(folder) ? readdirSync(folder) : [])
    .filter((file) => file.endsWith(".json"))
    .map((file) => [path.basename(file, ".json"), JSON.parse(readFileSync(path.join(folder, file), "utf8"))]),
);

/** The tests of a report; a file that fell before its first test counts as a test that failed. */
function testsOf({ testResults }) {
  return testResults.flatMap(({ name, status, assertionResults }) =>
    assertionResults.length === 0 && status === "failed"
      ? [{ fullName: path.relative(process.cwd(), name), status }]
      : assertionResults,
  );
}

const tests = [...reports].flatMap(([tier, report]) => testsOf(report).map((test) => ({ tier, ...test })));
const failed = tests.filter(({ status }) => status === "failed");
const passed = tests.filter(({ status }) => status === "passed");
// Types, lint, format, set-up: what failed without a test that did.
const broken = failedTiers.filter((tier) => !failed.some((test) => test.tier === tier));

const proven = new Set(
  passed.flatMap(({ fullName }) =>
    [...fullName.matchAll(/\[([A-Z]\d+(?:, ?[A-Z]\d+)*)\]/g)].flatMap(([, ids]) => ids.split(/, ?/)),
  ),
);
const inOrder = (ids) =>
  [...ids].sort((one, other) => one.localeCompare(other, "en", { numeric: true })).join(" ") || "none";

// Rows of the page's tables begin with an id, and end with where it is shown.
const page = readFileSync(new URL("../docs/requirements.md", import.meta.url), "utf8");
const rows = [...page.matchAll(/^\| ([A-Z]\d+) .*\| (.*?) +\|$/gm)].map(([, id, shown]) => ({ id, shown }));
const unproven = rows.filter(({ id }) => !proven.has(id));
const idsOf = (some) => inOrder(some.map(({ id }) => id));

for (const { tier, fullName, failureMessages = [] } of failed) {
  console.log(`failed: ${tier}: ${fullName}`);
  // What was said first tells why; the rest of a long message stands in the tier's own output.
  for (const message of failureMessages) console.log(message.slice(0, 3000).replaceAll(/^/gm, "  "));
}
for (const tier of broken) console.log(`failed: ${tier}, before or beside its tests`);
console.log(`requirements proven: ${inOrder(proven)}`);
console.log(`requirements without a test: ${idsOf(unproven.filter(({ shown }) => shown !== "later"))}`);
console.log(`requirements that come later: ${idsOf(unproven.filter(({ shown }) => shown === "later"))}`);

const skipped = tests.length - passed.length - failed.length;
const failures = failed.length + broken.length;
console.log(`${passed.length} passed, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exit(failures > 0 || passed.length === 0 ? 1 : 0);
