import type Docker from "dockerode";
import { describe, expect, it } from "vitest";
import { heldBytes, memoryOf, type MemoryStats } from "../../../bench/support/container-memory.ts";

const stats = (usage: number, more: Record<string, number>) =>
  ({ usage, stats: more }) as unknown as MemoryStats;

describe("the memory of a container", () => {
  it("leaves out what of files is kept for the time being, in both versions of control groups", () => {
    expect(heldBytes(stats(100, { inactive_file: 30 }))).toBe(70);
    expect(heldBytes(stats(100, { total_inactive_file: 25 }))).toBe(75);
    expect(heldBytes(stats(100, {}))).toBe(100);
  });

  it("is the median of several looks, of the containers of one stack", async () => {
    const asked: unknown[] = [];
    const answers = { a: [10, 30, 20], b: [1, 1, 4] };
    const docker = {
      listContainers: (options: unknown) => {
        asked.push(options);
        const labels = (service: string) => ({ "keelson.service": service });
        return Promise.resolve([
          { Id: "a", Image: "caddy:2", Labels: labels("proxy") },
          { Id: "b", Image: "busybox:1", Labels: labels("schedule") },
        ]);
      },
      getContainer: (id: keyof typeof answers) => ({
        stats: () => Promise.resolve({ memory_stats: stats(answers[id].shift()!, {}) }),
      }),
    } as unknown as Docker;
    expect(await memoryOf(docker, "bench", { looks: 3, pauseSeconds: 0 })).toEqual([
      { service: "proxy", image: "caddy:2", bytes: 20 },
      { service: "schedule", image: "busybox:1", bytes: 1 },
    ]);
    expect(asked).toEqual([{ filters: { label: ["keelson.stack=bench"] } }]);
  });
});
