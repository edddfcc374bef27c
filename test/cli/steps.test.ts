import * as path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";

const steps = path.resolve("cli/steps.ts");

/** Carries steps out in a process without a terminal; `terminal` says what it printed, `error` what was thrown. */
function carryingOut(list: string) {
  const program = `
    import { carryOut } from ${JSON.stringify(steps)};
    const pause = (time) => new Promise((done) => setTimeout(done, time));
    await carryOut([${list}]).catch(({ name, message, remedy }) => {
      console.log(JSON.stringify({ name, message, remedy }));
      process.exitCode = 1;
    });`;
  return execa(process.execPath, ["--input-type=module-typescript", "--eval", program], {
    env: { NO_COLOR: "1", FORCE_COLOR: undefined },
    reject: false,
  });
}

test("without a terminal each step is a plain line, with what came of it and how long it took", async () => {
  const { stdout } = await carryingOut(
    `{ title: "Docker", run: async (report) => { report("starting dockerd"); await pause(1100); return "28.2.2"; } },
     { title: "engine", run: async () => { await pause(50); return "official 3.259.0"; } }`,
  );
  expect(stdout.split("\n")).toEqual([
    "❯ Docker",
    "› starting dockerd",
    "✔ Docker: 28.2.2 [1s]",
    "❯ engine",
    expect.stringMatching(/^✔ engine: official 3\.259\.0 \[0(\.\d)?s\]$/),
  ]);
});

test("the first step that fails ends it, with its own error", async () => {
  const { stdout, stderr } = await carryingOut(
    `{ title: "engine", run: async () => { throw new Error("there is no Go"); } },
     { title: "plugins", run: async () => "unreached" }`,
  );
  expect(stdout).toContain('"message":"there is no Go"');
  expect(`${stdout}${stderr}`).not.toMatch(/unreached|plugins/);
});

test("an interruption lets the step under way tidy up, and says how to go on", async () => {
  const running = carryingOut(
    `{ title: "images", run: async (report) => {
      const working = setInterval(() => undefined, 1000);
      const interrupted = new Promise((done) => process.once("SIGTERM", done));
      report("building");
      await interrupted;
      clearInterval(working);
      report("tidied up");
      throw new Error("stopped");
    } }`,
  );
  running.stdout.on("data", (text: Buffer) => text.includes("building") && running.kill("SIGTERM"));
  const { stdout } = await running;
  expect(stdout).toContain("› tidied up");
  expect(stdout).toContain(
    '"message":"interrupted by SIGTERM","remedy":"run it again: it goes on where it was"',
  );
});
