import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Reference } from "../../../components/model/reference.ts";
import { REDIS_RESOURCES, redisRecipe } from "../../../components/services/redis.ts";
import { settled } from "../../support/outputs.ts";

const plain = {
  image: "redis:8.10.2",
  resources: REDIS_RESOURCES,
  storageGiB: 2,
  evict: "never",
  password: Reference.hidden("pass"),
} as const;

const configuration = async (change: Partial<Parameters<typeof redisRecipe>[0]> = {}) =>
  settled((redisRecipe({ ...plain, ...change }).files!["redis.conf"] as Reference).value);

describe("the Redis server", () => {
  it("keeps a quarter of its memory limit free of data", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 16, max: 65536 }), async (memoryLimitMiB) => {
        const { value } = await configuration({ resources: { ...REDIS_RESOURCES, memoryLimitMiB } });
        expect(value).toContain(`\nmaxmemory ${Math.floor(memoryLimitMiB * 0.75)}mb\n`);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ["never", "noeviction"],
    ["oldest", "allkeys-lru"],
  ] as const)("evicts %s by the policy %s", async (evict, policy) => {
    expect((await configuration({ evict })).value).toContain(`\nmaxmemory-policy ${policy}\n`);
  });

  it("[G3] asks for a password, which stands in a secret file and nowhere else", async () => {
    expect(await configuration()).toMatchObject({
      value: expect.stringContaining("\nrequirepass pass\n"),
      secret: true,
    });
    const { files: _, ...rest } = redisRecipe(plain);
    expect(JSON.stringify(rest)).not.toContain("pass");
  });

  it("[G15] needs a kernel that lets it fork, whatever its memory", () => {
    const { reason, ...range } = redisRecipe(plain).kernel!["vm.overcommit_memory"]!;
    expect(range).toEqual({ atLeast: 1, atMost: 1 });
    expect(reason).toContain("while memory is low");
  });

  it("[G6] writes down what it was told", async () => {
    expect((await configuration()).value).toMatch(/\nappendonly yes\nappendfsync everysec\n/);
  });
});
