import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rules } from "../../policies/rules/index.ts";
import { onClouds, PolicyPreviews } from "../support/policy-previews.ts";

let previews: PolicyPreviews;

beforeAll(async () => {
  previews = await PolicyPreviews.open(["accepted", "refused", "refused-clouds"]);
});

afterAll(() => previews.close());

/** Rules about what only Kubernetes has; test/cluster/simulated/policies.test.ts has them refuse something. */
const onKubernetes = ["closed-networks", "orchestrator-credentials", "pod-security", "service-variables"];

describe("pulumi preview --policy-pack policies", () => {
  it("[G11] refuses a bad program: every rule is named, with the resource and what to do", async () => {
    const { exitCode, all } = await previews.preview("refused");
    expect(exitCode).not.toBe(0);
    expect(all).toContain("❌ keelson@");
    for (const { name, enforcementLevel } of rules.filter(
      (rule) => ![...onKubernetes, ...onClouds].includes(rule.name),
    )) {
      expect(all).toMatch(new RegExp(`\\[${enforcementLevel}\\].* ${name} .*: (db|open|data)\\)`));
    }
    expect(all).toContain('container "db" runs the image "postgres:latest"');
    expect(all).toContain("name the version that was tested");
    expect(all).toContain('network "open" is not internal');
    expect(all).toContain('volume "data" does not say what becomes of its data');
  });

  it("[G11] refuses clusters, nodes and buckets of clouds that are open, by every rule on them", async () => {
    const { exitCode, all } = await previews.preview("refused-clouds");
    expect(exitCode).not.toBe(0);
    for (const { name, enforcementLevel } of rules.filter((rule) => onClouds.includes(rule.name)))
      expect(all, name).toMatch(new RegExp(`\\[${enforcementLevel}\\].* ${name} `));
  });

  it("[G3] does not repeat the credential that it found", async () => {
    const { all } = await previews.preview("refused");
    const [, reports] = all.split("Policies:");
    expect(reports).toContain('"POSTGRES_PASSWORD" of "db" holds a credential');
    expect(all).not.toContain("hunter2");
  });

  it("[G11] accepts a good program", async () => {
    const { exitCode, all } = await previews.preview("accepted");
    expect(all).toContain("✅ keelson@");
    expect(exitCode).toBe(0);
  });

  it("[G11] takes levels and settings from a file", async () => {
    const file = path.join(previews.folder, "settings.json");
    const advisory = Object.fromEntries(rules.map(({ name }) => [name, { enforcementLevel: "advisory" }]));
    const settings = { ...advisory, "published-addresses": { allowedPorts: [5432] } };
    writeFileSync(file, JSON.stringify(settings));
    const { exitCode, all } = await previews.preview("refused", "--policy-pack-config", file);
    expect(all).toMatch(/\[advisory\].* pinned-images /);
    expect(all).not.toContain("published-addresses");
    expect(exitCode).toBe(0);
  });
});
