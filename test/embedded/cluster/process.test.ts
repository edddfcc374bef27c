import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { paths } from "../../../embedded/cluster/context.ts";
import {
  type Daemon,
  isRunning,
  logFile,
  startDaemon,
  stopDaemon,
  until,
} from "../../../embedded/cluster/process.ts";
import { isAlive } from "../../../embedded/cluster/process-identity.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const sleeper: Daemon = { name: "sleeper", program: "/bin/sleep", args: ["60"] };
const script = (name: string, lines: string): Daemon => ({ name, program: "/bin/sh", args: ["-c", lines] });

function context() {
  const home = temporaryFolder();
  onTestFinished(async () => {
    for (const name of ["sleeper", "stubborn", "talker"]) await stopDaemon({ home }, name, 0);
  });
  return { home };
}

function identity(home: { readonly home: string }, name: string) {
  return JSON.parse(readFileSync(path.join(paths(home).processes, `${name}.json`), "utf8")).process;
}

describe("a daemon", () => {
  test("that runs is left alone, unless it is started with other arguments", async () => {
    const home = context();
    await startDaemon(home, sleeper);
    const first = identity(home, "sleeper");
    await startDaemon(home, sleeper);
    expect(identity(home, "sleeper")).toEqual(first);
    await startDaemon(home, { ...sleeper, args: ["61"] });
    expect(identity(home, "sleeper").pid).not.toBe(first.pid);
    expect(isAlive(first)).toBe(false);
    expect(await isRunning(home, "sleeper")).toBe(true);
  });

  test("that does not end when it is asked to is killed", async () => {
    const home = context();
    await startDaemon(home, script("stubborn", "trap '' TERM; echo ready; while :; do sleep 0.05; done"));
    await until(home, {
      what: "it is ready",
      daemon: "stubborn",
      seconds: 10,
      isMet: async () => readFileSync(logFile(home, "stubborn"), "utf8").includes("ready"),
    });
    await stopDaemon(home, "stubborn", 0.2);
    expect(await isRunning(home, "stubborn")).toBe(false);
  });

  test("whose number another process has now is not taken for it, and that process is left alone", async () => {
    const home = context();
    await startDaemon(home, sleeper);
    const running = identity(home, "sleeper");
    const file = path.join(paths(home).processes, "sleeper.json");
    const before = readFileSync(file, "utf8");
    writeFileSync(file, JSON.stringify({ process: { ...running, startTime: "1" }, command: [] }));
    expect(await isRunning(home, "sleeper")).toBe(false);
    await stopDaemon(home, "sleeper");
    expect(isAlive(running)).toBe(true);
    writeFileSync(file, before);
  });

  test("that ends instead of getting ready is told of at once, with the end of its log", async () => {
    const home = context();
    await startDaemon(home, script("talker", "echo no certificate >&2; exit 1"));
    const waiting = until(home, {
      what: "it is ready",
      daemon: "talker",
      seconds: 30,
      isMet: () => Promise.reject(new Error("refused")),
    });
    await expect(waiting).rejects.toThrow(
      /^talker ended; the log of talker \(.*\) ends so:\nno certificate$/,
    );
  });

  test("that takes too long is told of with the last reason", async () => {
    const home = context();
    await startDaemon(home, sleeper);
    const waiting = until(home, {
      what: "it answers",
      daemon: "sleeper",
      seconds: 0.2,
      isMet: () => Promise.reject(new Error("refused")),
    });
    await expect(waiting).rejects.toThrow("waited 0.2 s in vain until it answers: refused");
  });

  test("keeps the log of its run before", async () => {
    const home = context();
    await startDaemon(home, script("talker", "echo first"));
    while (await isRunning(home, "talker"));
    await startDaemon(home, script("talker", "echo second"));
    expect(readFileSync(`${logFile(home, "talker")}.previous`, "utf8")).toBe("first\n");
  });
});
