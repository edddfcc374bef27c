import { assert, integer, option, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import { type PoolDefaults, poolLabels, poolMistakes, poolsOf } from "../../../components/clusters/pools.ts";

const DEFAULTS: PoolDefaults = {
  general: { type: "small", min: 3, initial: 3, max: 10 },
  memory: { type: "wide", min: 0, initial: 3, max: 6 },
  gpu: { type: "graphics", min: 0, initial: 1, max: 2 },
};
const TYPES = { small: {}, wide: {}, graphics: { gpus: 1 } };

describe("pools of nodes", () => {
  it("[O11] are a general one of 3 to 10 nodes and one for memory, where nothing else is asked for", () => {
    expect(poolsOf(DEFAULTS)).toEqual({
      general: { type: "small", min: 3, initial: 3, max: 10, diskGiB: 100 },
      memory: { type: "wide", min: 0, initial: 3, max: 6, diskGiB: 100 },
    });
  });

  it("have none for memory where that is refused, and one with graphics processors where that is asked for", () => {
    expect(poolsOf(DEFAULTS, { memory: false, gpu: { max: 1 } })).toEqual({
      general: { type: "small", min: 3, initial: 3, max: 10, diskGiB: 100 },
      gpu: { type: "graphics", min: 0, initial: 1, max: 1, diskGiB: 100 },
    });
  });

  it("let a default give way to what was stated, so that no single number contradicts it", () => {
    const count = option(integer({ min: 1, max: 50 }), { nil: undefined });
    assert(
      property(record({ min: count, initial: count, max: count }), ({ min, initial, max }) => {
        const stated = [min, initial, max].flatMap((each) => each ?? []);
        const contradictory = stated.some((each, index) => index > 0 && stated[index - 1]! > each);
        const own = {
          ...(min !== undefined && { min }),
          ...(initial !== undefined && { initial }),
          ...(max !== undefined && { max }),
        };
        const pools = poolsOf(DEFAULTS, { general: own, memory: own });
        expect(pools.general).toMatchObject(own);
        expect(poolMistakes(pools, TYPES).length > 0).toBe(contradictory);
      }),
    );
  });

  it("are told apart by a label that names the cluster, too", () => {
    expect(poolLabels("production", "memory")).toEqual({ "keelson.pool": "production-memory" });
  });

  it("have graphics processors where they are for those, and nowhere else", () => {
    const pools = poolsOf(DEFAULTS, { general: { type: "graphics" }, gpu: { type: "wide" } });
    expect(poolMistakes(pools, TYPES).map(({ reason }) => reason)).toEqual([
      `pool "general": "graphics" is a machine with graphics processors; use one of small, wide`,
      `pool "gpu": "wide" is a machine without graphics processors; use one of graphics`,
    ]);
  });

  it("say all that is wrong with them at once, and what is allowed", () => {
    const pools = poolsOf(DEFAULTS, {
      general: { type: "huge", min: 5, max: 2 },
      memory: { diskGiB: 5 },
    });
    expect(poolMistakes(pools, TYPES)).toEqual([
      {
        propertyPath: "pools.general",
        reason: `pool "general": "huge" is a machine of unknown size; use one of small, wide`,
      },
      {
        propertyPath: "pools.general",
        reason: `pool "general": min 5, initial 2 and max 2 have to be whole numbers that never fall, and max at least 1`,
      },
      {
        propertyPath: "pools.memory",
        reason: `pool "memory": diskGiB is 5; state a whole number from 20 to 16384`,
      },
    ]);
  });
});
