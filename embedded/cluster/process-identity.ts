import { readFileSync } from "node:fs";

/** What tells a process from any later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it was started, in clock ticks since the machine was. */
  readonly startTime: string;
  /** Which start of the machine that was. */
  readonly boot: string;
}

/** The identity of a process that runs now. */
export function identityOf(pid: number): ProcessIdentity {
  return { pid, startTime: stat(pid)?.startTime ?? "ended", boot: bootOf() };
}

/** Whether a process has not ended yet. One that ended and whose parent did not ask for its status has. */
export function isAlive({ pid, startTime, boot }: ProcessIdentity): boolean {
  const now = stat(pid);
  return now !== undefined && now.state !== "Z" && now.startTime === startTime && boot === bootOf();
}

function bootOf(): string {
  return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
}

/** Of proc_pid_stat(5), the fields 3 and 22. The second field, the program's name in parentheses, may hold anything. */
function stat(pid: number): { readonly state: string; readonly startTime: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0]!, startTime: fields[19]! };
  } catch {
    return undefined;
  }
}
