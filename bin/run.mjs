import { spawn } from "node:child_process";
import { constants } from "node:os";

const FORWARDED = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs a command in the foreground and ends as it ends: with its status, or by 128 + the number of the signal that
 * ended it. Signals go to the command, which decides what they mean.
 */
export function runAndExit(command, args, options) {
  // Before the command starts: a signal that came in between would end this process, and leave the command behind.
  for (const signal of FORWARDED) process.on(signal, () => forward(child, signal));
  const child = spawn(command, args, { stdio: "inherit", ...options });
  child.on("error", ({ message }) => {
    console.error(`error: cannot run "${command}": ${message}`);
    process.exit(127);
  });
  child.on("exit", (status, signal) => process.exit(status ?? 128 + constants.signals[signal]));
}

function forward(child, signal) {
  // A terminal sends Ctrl-C to the whole foreground group, the command included: a second one would mean "at once".
  if (signal === "SIGINT" && process.stdin.isTTY) return;
  child.kill(signal);
}
