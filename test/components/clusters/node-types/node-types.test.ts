import { describe, expect, it } from "vitest";
import {
  AKS_TYPES,
  aksAllocatable,
  type Allocatable,
  EKS_TYPES,
  eksAllocatable,
  GKE_TYPES,
  gkeAllocatable,
  type NodeType,
} from "../../../../components/clusters/node-types/index.ts";
import { MAX_PODS } from "../../../../components/clusters/aks/node-pools.ts";
import { allocatable, tiered } from "../../../../components/clusters/node-types/node-type.ts";

const CLOUDS: Readonly<Record<string, [Readonly<Record<string, NodeType>>, (type: string) => Allocatable]>> =
  {
    EKS: [EKS_TYPES, eksAllocatable],
    GKE: [GKE_TYPES, gkeAllocatable],
    AKS: [AKS_TYPES, aksAllocatable],
  };
const kept = (type: NodeType, left: Allocatable) => type.memoryGiB - left.memoryGiB;

describe("machine types", () => {
  it("add up what is kept step by step", () => {
    const tiers = [
      { upTo: 4, share: 0.25 },
      { upTo: 8, share: 0.2 },
      { upTo: Infinity, share: 0.1 },
    ];
    expect(tiered(2, tiers)).toBeCloseTo(0.5);
    expect(tiered(6, tiers)).toBeCloseTo(1.4);
    expect(tiered(18, tiers)).toBeCloseTo(2.8);
  });

  it("[G8] leave out what is not seen, what is kept, what has to stay free and what the system's pods ask for", () => {
    const left = allocatable(
      { cpus: 4, memoryGiB: 10, gpus: 1 },
      {
        unseenShare: 0.1,
        cpus: 0.1,
        memoryGiB: (counted) => counted / 9,
        evictionMiB: 512,
        maxPods: 30,
        system: { dns: { milliCpus: 100, memoryMiB: 256 }, proxy: { milliCpus: 50, memoryMiB: 0 } },
      },
    );
    expect(left).toEqual({ cpus: 3.75, memoryGiB: 7.25, pods: 28, gpus: 1 });
  });

  describe.each(Object.entries(CLOUDS))("of %s", (cloud, [types, allocatableOf]) => {
    it.each(Object.entries(types))("[G8] have something left for pods: %s", (name, type) => {
      const left = allocatableOf(name);
      expect(left.gpus).toBe(type.gpus);
      expect(left.pods).toBeGreaterThan(20);
      // Of the smallest machines about a half goes to the cloud, and of none less than a twentieth.
      expect(left.cpus).toBeGreaterThan(type.cpus / 2);
      expect(left.cpus).toBeLessThan(type.cpus);
      expect(left.memoryGiB).toBeGreaterThan(type.memoryGiB * 0.45);
      expect(left.memoryGiB).toBeLessThan(type.memoryGiB * 0.95);
    });

    it.each(["p9.metal", "constructor"])(
      "are refused where they are not known, with those that are: %s",
      (name) => {
        const known = Object.keys(types)[0]!;
        expect(() => allocatableOf(name)).toThrow(
          `"${name}" is no machine type that is known of ${cloud}; use one of: ${known}, `,
        );
      },
    );
  });
});

describe("nodes of EKS", () => {
  it("[G8] [O11] have as many pods as their interfaces have addresses, and two that need none", () => {
    // 4 × (15 − 1) + 2, of which seven are the system's.
    expect(eksAllocatable("t3.xlarge").pods).toBe(58 - 7);
    expect(eksAllocatable("m6i.large").pods).toBe(29 - 7);
  });

  it("[G8] have 110 pods at most, with prefixes too, and 250 from 30 vCPUs on", () => {
    expect(eksAllocatable("m6i.4xlarge").pods).toBe(110 - 7);
    expect(eksAllocatable("t3.xlarge", { prefixDelegation: true }).pods).toBe(110 - 7);
    expect(eksAllocatable("g6.12xlarge").pods).toBe(234 - 7);
    expect(eksAllocatable("g5.12xlarge").pods).toBe(250 - 7);
  });

  it("[G8] keep 11 MiB for each pod that there may be", () => {
    const few = eksAllocatable("t3.xlarge");
    const many = eksAllocatable("t3.xlarge", { prefixDelegation: true });
    expect(few.memoryGiB - many.memoryGiB).toBeCloseTo((11 * (110 - 58)) / 1024, 1);
    // 7.5 % unseen, 255 + 11 × 58 MiB kept, 100 MiB free, 630 MiB of the system.
    expect(few.memoryGiB).toBeCloseTo(16 * 0.925 - (255 + 638 + 100 + 630) / 1024, 1);
  });

  it("[G8] keep processors by four steps", () => {
    // 60 + 10 + 2 × 5 + 4 × 2.5 milli-cores, and 440 of the system.
    expect(eksAllocatable("r6i.2xlarge").cpus).toBeCloseTo(8 - 0.09 - 0.44, 2);
  });
});

describe("nodes of GKE", () => {
  it("[G8] [O11] keep a quarter of the first memory and less of each further step", () => {
    const system = (164 + 230 + 100 + 145 + 35 + 16 + 65 + 50 + 20 + 110 + 60 + 105) / 1024;
    const counted = 16 * 0.93;
    const reserved = 1 + 0.8 + (counted - 8) * 0.1;
    expect(gkeAllocatable("e2-standard-4").memoryGiB).toBeCloseTo(
      counted - reserved - 100 / 1024 - system,
      1,
    );
    expect(gkeAllocatable("e2-standard-4").pods).toBe(110 - 12);
  });

  it("keep memory as a node of GKE 1.36 was seen to, of what its kernel counts", () => {
    // An n2-standard-4 that lists a capacity of 16380004 KiB has 13591652 KiB allocatable.
    const tiers = [
      { upTo: 4, share: 0.25 },
      { upTo: 8, share: 0.2 },
      { upTo: 16, share: 0.1 },
    ];
    const counted = 16380004 / 1024 ** 2;
    expect(counted - tiered(counted, tiers) - 100 / 1024).toBeCloseTo(13591652 / 1024 ** 2, 2);
  });
});

describe("nodes of AKS", () => {
  it("[G8] [O11] keep 20 MB for each pod and 50 MB, and never more than a quarter of their memory", () => {
    const fewer = aksAllocatable("Standard_E8s_v5", 110).memoryGiB;
    const more = aksAllocatable("Standard_E8s_v5", 250).memoryGiB;
    expect(fewer - more).toBeCloseTo((20 * 140 * 1e6) / 1024 ** 3, 1);
    const type = AKS_TYPES["Standard_DS3_v2"]!;
    const unseen = 14 * 0.075;
    expect(kept(type, aksAllocatable("Standard_DS3_v2", 250))).toBeCloseTo(
      unseen + 3.5 + (100 + 1335) / 1024,
      1,
    );
    expect(aksAllocatable("Standard_DS3_v2", 250).pods).toBe(250 - 11);
    expect(aksAllocatable("Standard_DS3_v2").pods).toBe(MAX_PODS - 11);
  });

  it.each([
    ["Standard_D2s_v5", 100],
    ["Standard_D4s_v5", 140],
    ["Standard_D8s_v5", 180],
    ["Standard_D16s_v5", 260],
    ["Standard_NC64as_T4_v3", 740],
  ])("[G8] keep the processors of Azure's own table: %s", (type, milliCpus) => {
    const system = 684;
    const left = AKS_TYPES[type]!.cpus - (milliCpus + system) / 1000;
    expect(aksAllocatable(type).cpus).toBe(Math.floor(left * 100) / 100);
  });
});
