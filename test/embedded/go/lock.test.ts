import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, test, vi } from "vitest";
import { withLock } from "../../../embedded/go/lock.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const nobodyWaits = () => {
  throw new Error("there is nobody to wait for");
};

describe("a lock between processes", () => {
  test("is held while the work is done, names its holder, and is given back after a failure too", async () => {
    const file = path.join(temporaryFolder(), "lock");
    const work = async () => {
      expect(readFileSync(file, "utf8")).toBe(String(process.pid));
      throw new Error("broken on purpose");
    };
    await expect(withLock(file, work, nobodyWaits)).rejects.toThrow("broken on purpose");
    expect(existsSync(file)).toBe(false);
  });

  test("makes the second wait until the first is done, and tells it whom it waits for", async () => {
    const file = path.join(temporaryFolder(), "lock");
    const order: string[] = [];
    const waiting = vi.fn<(holder: number) => void>();
    let first = () => undefined as void;
    const both = [
      withLock(
        file,
        () => new Promise<void>((resolve) => (first = resolve)).then(() => order.push("first")),
        nobodyWaits,
      ),
      withLock(file, async () => order.push("second"), waiting),
    ];
    await vi.waitFor(() => expect(waiting).toHaveBeenCalledExactlyOnceWith(process.pid));
    first();
    await Promise.all(both);
    expect(order).toEqual(["first", "second"]);
  });

  test("is waited for no longer than the caller wants", async () => {
    const file = path.join(temporaryFolder(), "lock");
    writeFileSync(file, String(process.pid));
    const given = new AbortController();
    const work = vi.fn<() => Promise<void>>();
    const waiting = withLock(file, work, () => given.abort(), given.signal);
    await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
    expect(work).not.toHaveBeenCalled();
  });

  test("of a process that was killed is taken over at once", async () => {
    const file = path.join(temporaryFolder(), "lock");
    const holder = spawn(process.execPath, ["--version"], { stdio: "ignore" });
    await once(holder, "exit");
    writeFileSync(file, String(holder.pid));
    expect(await withLock(file, async () => "done", nobodyWaits)).toBe("done");
  });

  test("that was not touched for long is taken over, as its process id may be another process's by now", async () => {
    const file = path.join(temporaryFolder(), "lock");
    writeFileSync(file, String(process.pid));
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(file, longAgo, longAgo);
    expect(await withLock(file, async () => "done", nobodyWaits)).toBe("done");
  });

  test("of a dead process is taken over by one of many", async () => {
    const file = path.join(temporaryFolder(), "lock");
    writeFileSync(file, "4194304");
    let inside = 0;
    const work = async () => {
      inside += 1;
      expect(inside).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 5 }, () => withLock(file, work, () => undefined)));
  });
});
