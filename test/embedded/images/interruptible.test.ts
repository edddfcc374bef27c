import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { interruptible } from "../../../embedded/images/interruptible.ts";

describe("work that can be interrupted", () => {
  it("ends, cleans up, and fails with the reason when its caller stops it", async () => {
    const caller = new AbortController();
    const events: string[] = [];
    const work = interruptible(caller.signal, async (signal) => {
      try {
        await once(signal, "abort");
        throw new Error("socket hang up");
      } finally {
        events.push("cleaned up");
      }
    });
    caller.abort(new Error("enough"));
    await expect(work).rejects.toThrow("enough");
    expect(events).toEqual(["cleaned up"]);
  });

  it.each(["SIGINT", "SIGTERM"] as const)(
    "ends by %s, which is left alone again afterwards",
    async (name) => {
      const before = process.listeners(name);
      const work = interruptible(undefined, async (signal) => {
        await once(signal, "abort");
      });
      const [handler] = process.listeners(name).filter((listener) => !before.includes(listener));
      handler?.(name);
      await work;
      expect(process.listeners(name)).toEqual(before);
    },
  );

  it("fails with its own error when nobody stopped it", async () => {
    const work = interruptible(undefined, () => Promise.reject(new Error("no space left on device")));
    await expect(work).rejects.toThrow("no space left on device");
  });
});
