import { describe, expect, it } from "vitest";
import { clusterOf } from "../support/aws-cloud.ts";
import { rendered } from "../support/rendered.ts";

describe("a cluster on EKS", () => {
  it("[G18] [O11] registers these resources with these inputs, reviewed against the hardening guides of docs/eks.md", async () => {
    const { all } = await clusterOf(
      {
        pools: { gpu: {} },
        administrators: ["arn:aws:iam::123456789012:role/operations"],
        viewers: ["arn:aws:iam::123456789012:role/support"],
        registry: true,
        zone: "ai.example.com",
        budget: { monthlyUsd: 2000, email: "operations@example.com" },
      },
      ({ cluster }) => cluster.nodes.forEach(({ make }) => make?.()),
    );
    const own = all.filter(({ type }) => type.startsWith("aws:") || type.includes("storage"));
    await expect(rendered(own)).toMatchFileSnapshot("golden/clusters/eks.txt");
  });
});
