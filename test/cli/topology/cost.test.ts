import { describe, expect, it } from "vitest";
import { costOf, type CostSettings, type Sized } from "../../../cli/topology/cost.ts";
import type { Demand } from "../../../components/model/capacity.ts";

const small: Demand = { cpuRequest: 1, memoryRequestMiB: 1024 };
const large: Demand = { cpuRequest: 4, memoryRequestMiB: 16 * 1024 };
const sized = (promised: Readonly<Record<string, Demand>> = { web: small }): Sized => ({
  promised,
  workloads: [
    { copies: { min: 3, max: 3 }, volumes: [{ name: "data", sizeGiB: 20 }] },
    { copies: { min: 1, max: 4 }, volumes: [] },
  ],
  sharedFolders: [{ name: "models", sizeGiB: 40 }],
});
const items = (target: string, settings: CostSettings = {}, of = sized()) =>
  Object.fromEntries(
    costOf(target, settings, of)!.items.map(({ name, atFirst, atMost }) => [name, [atFirst, atMost]]),
  );
const nodes = (of: object) => Object.keys(of).filter((name) => name.startsWith("nodes"));

describe("what a stack costs in a month", () => {
  it.each(["docker", "kubernetes"])("is not known on machines of one's own: %s", (target) => {
    expect(costOf(target, {}, sized())).toBeUndefined();
  });

  it("[O11] is the sum of what the cloud charges for by its size and hours", () => {
    const all = items("eks");
    // 730 hours of a machine, and its disk of 100 GiB.
    const node = 730 * 0.1664 + 100 * 0.08;
    expect(nodes(all)).toEqual(['nodes "general", 3 to 10 × t3.xlarge']);
    const [first, most] = all['nodes "general", 3 to 10 × t3.xlarge']!;
    expect(first).toBeCloseTo(3 * node);
    expect(most).toBeCloseTo(10 * node);
    expect(all["control plane"]![0]).toBeCloseTo(73);
    expect(all["way out (NAT)"]![0]).toBeCloseTo(3 * 730 * 0.045);
    expect(all["volumes"]![0]).toBeCloseTo((3 * 20 + 40) * 0.08);
  });

  it("[O3] has the pool for memory only where something needs it", () => {
    expect(nodes(items("eks", {}, sized({ graph: large })))).toEqual([
      'nodes "general", 3 to 10 × t3.xlarge',
      'nodes "memory", 3 to 6 × r6i.2xlarge',
    ]);
    expect(nodes(items("gke", { pools: { gpu: {} } }))).toEqual([
      'nodes "general", 3 to 10 × e2-standard-4',
      'nodes "gpu", 0 to 2 × g2-standard-8',
    ]);
  });

  it("follows what the stack says of pools and of the way out", () => {
    const all = items("eks", { nat: "one", pools: { general: { initial: 4, max: 4, diskGiB: 50 } } });
    const [first, most] = all['nodes "general", 4 × t3.xlarge']!;
    expect(first).toBeCloseTo(4 * (730 * 0.1664 + 50 * 0.08));
    expect(most).toBe(first);
    expect(all["way out (NAT)"]![0]).toBeCloseTo(730 * 0.045);
  });

  it("counts Google's way out by nodes, and Azure's disks by the sizes that there are", () => {
    const [first, most] = items("gke")["way out (NAT)"]!;
    expect([first, most].map((amount) => amount! / (730 * 0.0014))).toEqual(
      [3, 10].map((n) => expect.closeTo(n)),
    );
    // Three volumes of 20 GiB are charged as 32, one of 40 as 64.
    expect(items("aks")["volumes"]![0]).toBeCloseTo(((3 * 32 + 64) * 9.6) / 128);
  });

  it("leaves out what it knows no price of, and says which", () => {
    const all = items("eks", { pools: { general: { type: "m7i.xlarge" } } });
    expect(all['nodes "general", 3 to 10 × m7i.xlarge']).toEqual([undefined, undefined]);
  });
});
