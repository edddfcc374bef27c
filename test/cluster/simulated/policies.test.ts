import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rules } from "../../../policies/rules/index.ts";
import { kubeconfigPath } from "../../support/cluster.ts";
import { onClouds, PolicyPreviews } from "../../support/policy-previews.ts";

/** Rules that Kubernetes itself keeps, and those on clouds: nothing can break them there. */
const kept = ["log-rotation", "restart-policy", ...onClouds];

let previews: PolicyPreviews;

beforeAll(async () => {
  previews = await PolicyPreviews.open(["refused-kubernetes"], { KUBECONFIG: kubeconfigPath() });
});

afterAll(() => previews.close());

describe("pulumi preview --policy-pack policies, of a program for Kubernetes", () => {
  it("[G11] refuses what is bad by every rule, with the resource and what to do, and repeats no credential", async () => {
    const { exitCode, all } = await previews.preview("refused-kubernetes");
    expect(exitCode).not.toBe(0);
    for (const { name, enforcementLevel } of rules.filter((rule) => !kept.includes(rule.name))) {
      expect(all, name).toMatch(new RegExp(`\\[${enforcementLevel}\\].* ${name} `));
    }
    expect(all).toContain('namespace "open" enforces no Pod Security Standard');
    expect(all).toContain('container "db" gets the token of its service account');
    expect(all).toContain('namespace "default" is open to every pod of the cluster, and runs "db"');
    const [, reports] = all.split("Policies:");
    expect(reports).not.toContain("hunter2");
  });
});
