import { describe, expect, it } from "vitest";
import { Kubernetes } from "../../../../components/targets/kubernetes/kubernetes.ts";
import { quota } from "../../../../components/targets/kubernetes/quota.ts";
import { deploy } from "../../../support/engine.ts";
import { objects } from "../../../support/exposed.ts";

describe("the quota of a namespace", () => {
  it("[G8] lets everything that fits the nodes be there twice, as when all of it is replaced at once", () => {
    expect(
      quota([
        { cpus: 3.9, memoryGiB: 15.5, count: 3 },
        { cpus: 8, memoryGiB: 32, count: 2, gpus: 1 },
      ]),
    ).toEqual({
      "requests.cpu": `${2 * (3 * 3900 + 2 * 8000)}m`,
      "requests.memory": `${2 * (3 * 15.5 + 2 * 32) * 1024}Mi`,
      "requests.nvidia.com/gpu": "4",
      pods: "2500",
      "services.loadbalancers": "0",
      "services.nodeports": "0",
    });
  });

  it("says nothing of graphics processors where no node has any", () => {
    expect(quota([{ cpus: 4, memoryGiB: 16, count: 1 }])).not.toHaveProperty("requests.nvidia.com/gpu");
  });

  it("comes with resources for containers that state none, which it would refuse otherwise", async () => {
    const all = await deploy(
      () =>
        new Kubernetes("t", { cluster: { nodes: [{ cpus: 4, memoryGiB: 16, count: 1 }] }, namespace: "n" }),
    );
    expect(objects(all, "ResourceQuota")["t"]).toMatchObject({
      metadata: { namespace: "n" },
      spec: { hard: { "requests.cpu": "8000m" } },
    });
    expect(objects(all, "LimitRange")["t"].spec.limits).toEqual([
      {
        type: "Container",
        defaultRequest: { cpu: "50m", memory: "64Mi" },
        default: { cpu: "1", memory: "512Mi" },
      },
    ]);
  });
});
