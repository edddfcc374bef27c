import { expect, test } from "vitest";
import { demandOf, sizeOf } from "../../../../../cli/targets/kubernetes/doctor/nodes.ts";
import { quantity } from "../../../../../cli/targets/kubernetes/doctor/quantity.ts";

test.each([
  ["2", 2],
  ["250m", 0.25],
  ["1Gi", 1073741824],
  ["512Mi", 536870912],
  ["16265788Ki", 16656166912],
  ["1.5G", 1500000000],
  ["1e3", 1000],
  ["", 0],
  ["much", 0],
  ["3 apples", 0],
])("%s is %d", (text, amount) => {
  expect(quantity(text)).toBeCloseTo(amount, 6);
});

test("amounts are read as cores and GiB", () => {
  const amounts = { cpu: "3920m", memory: "8Gi", pods: "110", "nvidia.com/gpu": "2" };
  expect(sizeOf(amounts)).toEqual({ cpus: 3.92, memoryGiB: 8, gpus: 2 });
});

test("a pod asks for what its containers ask for together, or for more to be prepared", () => {
  const asking = (cpu: string, memory: string) => ({
    resources: { requests: { cpu, memory }, limits: { "nvidia.com/gpu": "1" } },
  });
  const pod = { owner: "db", copies: 1, stays: true, tolerations: [] };
  const containers = [asking("500m", "1Gi"), asking("250m", "512Mi")];
  expect(demandOf({ ...pod, containers, initContainers: [asking("100m", "4Gi")] })).toMatchObject({
    cpus: 0.75,
    memoryGiB: 4,
    gpus: 2,
  });
});
