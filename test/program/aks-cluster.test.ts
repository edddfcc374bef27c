import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { clusterOf } from "../support/azure-cloud.ts";
import { rendered } from "../support/rendered.ts";

describe("a cluster on AKS", () => {
  // A budget begins in the month in which it is made.
  beforeEach(() => void vi.useFakeTimers({ now: new Date("2026-11-20"), toFake: ["Date"] }));
  afterEach(() => void vi.useRealTimers());

  it("[G18] [O11] registers these resources with these inputs, reviewed against the hardening guides of docs/aks.md", async () => {
    const { all } = await clusterOf(
      {
        pools: { gpu: {} },
        tags: { team: "platform" },
        registry: true,
        zone: "ai.example.com",
        budget: { monthlyUsd: 2000, email: "operations@example.com" },
      },
      ({ cluster }) => cluster.nodes.forEach(({ make }) => make?.()),
    );
    const own = all.filter(({ type }) => type.includes("azure-native"));
    await expect(rendered(own)).toMatchFileSnapshot("golden/clusters/aks.txt");
  });
});
