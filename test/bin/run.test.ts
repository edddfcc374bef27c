import * as path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";

/** Runs a shell's command by way of bin/run.mjs. */
function running(command: string) {
  const program = `
    import { runAndExit } from ${JSON.stringify(path.resolve("bin/run.mjs"))};
    runAndExit("sh", ["-c", ${JSON.stringify(command)}]);`;
  return execa(process.execPath, ["--input-type=module", "--eval", program], {
    reject: false,
    stdin: "ignore",
  });
}

test("the status of the command is passed on", async () => {
  expect((await running("exit 17")).exitCode).toBe(17);
});

test("a command that was ended by a signal gives the status that shells give", async () => {
  expect((await running("kill -TERM $$")).exitCode).toBe(128 + 15);
});

test("signals go to the command, which may take its time to end", async () => {
  const child = running("trap 'echo tidied; exit 5' TERM; echo ready; while :; do sleep 0.05; done");
  child.stdout.once("data", () => child.kill("SIGTERM"));
  const { stdout, exitCode } = await child;
  expect(stdout).toBe("ready\ntidied");
  expect(exitCode).toBe(5);
});

test("a command that is not there is named", async () => {
  const program = `
    import { runAndExit } from ${JSON.stringify(path.resolve("bin/run.mjs"))};
    runAndExit("no-such-command", []);`;
  const { exitCode, stderr } = await execa(process.execPath, ["--input-type=module", "--eval", program], {
    reject: false,
  });
  expect(exitCode).toBe(127);
  expect(stderr).toContain('error: cannot run "no-such-command"');
});
