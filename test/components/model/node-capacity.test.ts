import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Demand, folderDemand } from "../../../components/model/capacity.ts";
import { judgeNodes, type Nodes } from "../../../components/model/node-capacity.ts";

const SMALL: Nodes = { cpus: 4, memoryGiB: 14, count: 3 };
const LARGE: Nodes = { cpus: 8, memoryGiB: 60, count: 2 };
const web: Demand = { cpuRequest: 0.01, memoryRequestMiB: 16 };
const graph: Demand = { cpuRequest: 4, memoryRequestMiB: 16 * 1024 };

const demand: fc.Arbitrary<Demand> = fc.record({
  cpuRequest: fc.integer({ min: 0, max: 800 }).map((cents) => cents / 100),
  memoryRequestMiB: fc.integer({ min: 0, max: 65_536 }),
  copies: fc.integer({ min: 1, max: 12 }),
});
const plan = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), demand, { maxKeys: 6 });
const pools = fc.array(
  fc.record({
    cpus: fc.integer({ min: 1, max: 8 }),
    memoryGiB: fc.integer({ min: 2, max: 64 }),
    count: fc.integer({ min: 1, max: 10 }),
    pods: fc.integer({ min: 1, max: 30 }),
  }),
  { minLength: 1, maxLength: 3 },
);

/** Puts copies onto nodes one by one, the largest first, wherever there is still room; whether all found some. */
function placed(all: Readonly<Record<string, Demand>>, those: readonly (typeof SMALL)[]): boolean {
  const nodes = those.flatMap(({ count, pods = 110, ...size }) =>
    Array.from({ length: count }, () => ({ ...size, pods })),
  );
  const copies = Object.values(all)
    .filter(({ cpuRequest, memoryRequestMiB }) => cpuRequest > 0 || memoryRequestMiB > 0)
    .flatMap((each) => Array.from({ length: each.copies ?? 1 }, () => each))
    .toSorted((a, b) => b.memoryRequestMiB - a.memoryRequestMiB);
  return copies.every(({ cpuRequest, memoryRequestMiB }) => {
    const gib = memoryRequestMiB / 1024;
    const index = nodes.findIndex(
      (node) => node.cpus >= cpuRequest && node.memoryGiB >= gib && node.pods > 0,
    );
    const node = nodes[index];
    if (node)
      nodes[index] = { cpus: node.cpus - cpuRequest, memoryGiB: node.memoryGiB - gib, pods: node.pods - 1 };
    return node !== undefined;
  });
}

describe("nodes", () => {
  it("[G8] never refuse what can be placed on them", () => {
    fc.assert(
      fc.property(plan, pools, (promised, there) => {
        fc.pre(placed(promised, there));
        expect(judgeNodes(promised, there).excess).toEqual([]);
      }),
    );
  });

  it("[G8] still take what fits when there are more of them", () => {
    fc.assert(
      fc.property(plan, pools, (promised, there) => {
        const [first, ...rest] = there;
        const more = [{ ...first!, count: first!.count + 1 }, ...rest];
        expect(judgeNodes(promised, more).fits || !judgeNodes(promised, there).fits).toBe(true);
      }),
    );
  });

  it("[G8] run out of pods before they run out of room", () => {
    const few = { ...SMALL, pods: 10 };
    expect(judgeNodes({ web: { ...web, copies: 30 } }, [few]).fits).toBe(true);
    const { fits, excess, table, sums } = judgeNodes({ web: { ...web, copies: 31 } }, [few]);
    expect(fits).toBe(false);
    expect(excess).toEqual(["all copies ask for 31 pods, and all nodes have 30; most go to web (31)"]);
    expect(sums).toContain("31 of 30 pods");
    expect(table.split("\n").map((line) => line.trim().split(/\s{2,}/))).toEqual([
      ["copies", "cores each", "GiB of memory each", "GPUs each", "pods each"],
      ["web", "31", "0.01", "0.02", "0", "1"],
      ["nodes", "3", "4.00", "14.00", "0", "10"],
    ]);
  });

  it("[G8] take 110 pods each where nothing else is said", () => {
    expect(judgeNodes({ web: { ...web, copies: 330 } }, [SMALL]).fits).toBe(true);
    expect(judgeNodes({ web: { ...web, copies: 331 } }, [SMALL]).fits).toBe(false);
  });

  it("count no pod for a folder", () => {
    const full = { ...SMALL, count: 1, pods: 1 };
    expect(judgeNodes({ web, models: folderDemand(10) }, [full]).fits).toBe(true);
    expect(judgeNodes({ web, other: web }, [full]).fits).toBe(false);
  });

  it("[G8] have to hold together what fits no others, whatever room these have", () => {
    expect(judgeNodes({ graph: { ...graph, copies: 4 }, web }, [SMALL, LARGE]).fits).toBe(true);
    // Sixteen cores on two nodes: a fifth copy finds room on neither, though the smaller nodes have twelve.
    expect(judgeNodes({ graph: { ...graph, copies: 5 }, web }, [SMALL, LARGE]).excess).toEqual([
      "copies that fit no other nodes ask for 20.00 cores, and the 2 that they fit have 16.00; most go to graph (20.00)",
    ]);
  });
});
