import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { DockerStack } from "../support/docker-stack.ts";
import { parseReport } from "../support/report-page.ts";

/** Larger than any machine that tests run on, whatever else they run: nothing is brought up here. */
const machine = { cpus: 256, memoryGiB: 4096, storageGiB: 65536 };

let stack: DockerStack;

beforeAll(async () => {
  stack = await DockerStack.open("test-report", {
    "keelson:platform": "acceleration",
    "keelson:target": "docker",
    "keelson:docker": { name: "test-report", httpPort: 18480, machine },
  });
});

afterAll(() => stack.close());

async function reported(...flags: readonly string[]) {
  await stack.done("report", ...flags);
  return parseReport(readFileSync(path.join(stack.folder, "reports", "test-report.html"), "utf8"));
}

it("[G11] a report says that the policies found nothing in a preview of a stack as it is, and that it is not up", async () => {
  const { sections } = await reported("--verify");
  expect(sections["policies"]).toMatch(/Nothing found: \d+ policies looked at 1\d\d resources of a preview/);
  expect(sections["state"]).toContain('"test-report" is not up');
});

it("[G11] the next report has what they find since, and that it is new", async () => {
  await stack.set({ "keelson:images": { gateway: "example.com/gateway:latest" } });
  const { tables } = await reported();
  const findings = tables["What the policies found"]!.slice(1);
  const names = ["gateway-migrations", "gateway"].map((name) => `pinned-images: test-report-${name}`);
  expect(findings.map(([name = ""]) => name).toSorted()).toEqual(names.toSorted());
  for (const [, level, severity, finding] of findings) {
    expect([level, severity]).toEqual(["mandatory", "high"]);
    expect(finding).toMatch(/^container .* runs the image "example\.com\/gateway:latest"/);
  }
  const changes = tables["What was added, removed or changed"]!.slice(1);
  const added = changes.filter(([kind, , how]) => kind === "finding" && how === "added");
  expect(added.map(([, name = ""]) => name).toSorted()).toEqual(names.toSorted());
  const image = "image: keelson/reference-app:0.1.0 → example.com/gateway:latest";
  expect(changes).toContainEqual(["service", "gateway", "changed", image]);
});
