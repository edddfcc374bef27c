import { describe, expect, it } from "vitest";
import { Kubernetes } from "../../../../components/targets/kubernetes/kubernetes.ts";
import { deploy } from "../../../support/engine.ts";
import { objects, workload } from "../../../support/exposed.ts";

const budgets = async (copies: number, volumes = {}) => {
  const all = await deploy(() => {
    const target = new Kubernetes("t", { cluster: { nodes: [{ cpus: 4, memoryGiB: 16, count: 4 }] } });
    target.run("web", () => ({ ...workload(), volumes }), { parent: target, copies });
  });
  return objects(all, "PodDisruptionBudget");
};

describe("a budget for disruption", () => {
  it.each([{}, { data: { path: "/data", sizeGiB: 1 } }])(
    "lets one of several copies go at a time, and keeps no broken one, with volumes %o",
    async (volumes) => {
      const { web } = await budgets(3, volumes);
      expect(web.spec).toEqual({
        maxUnavailable: 1,
        selector: { matchLabels: { "app.kubernetes.io/name": "web", "app.kubernetes.io/instance": "t" } },
        unhealthyPodEvictionPolicy: "AlwaysAllow",
      });
    },
  );

  it("is not made for a single copy, whose node could never be emptied then", async () => {
    expect(await budgets(1)).toEqual({});
  });
});
