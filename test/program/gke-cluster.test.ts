import { describe, expect, it } from "vitest";
import { clusterOf } from "../support/google-cloud.ts";
import { rendered } from "../support/rendered.ts";

describe("a cluster on GKE", () => {
  it("[G18] [O11] registers these resources with these inputs, reviewed against the hardening guides of docs/gke.md", async () => {
    const { all } = await clusterOf(
      {
        pools: { gpu: {} },
        tags: { team: "platform" },
        securityGroup: "gke-security-groups@example.com",
        registry: true,
        zone: "ai.example.com",
        budget: { monthlyUsd: 2000, email: "operations@example.com" },
      },
      ({ cluster }) => cluster.nodes.forEach(({ make }) => make?.()),
    );
    const own = all.filter(({ type }) => /^gcp:|:gcp$|storage/.test(type));
    await expect(rendered(own)).toMatchFileSnapshot("golden/clusters/gke.txt");
  });
});
