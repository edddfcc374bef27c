import { createInterface } from "node:readline/promises";
import { styleText } from "node:util";

/** Whether someone sits at a terminal and can be asked. */
export function isInteractive(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY && !process.env["CI"];
}

/** Asks a question that is answered by yes or no; everything but a yes is a no. */
export async function confirm(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}

/** How something turned out. */
export type Outcome = "good" | "doubtful" | "bad";

const SIGNS = { good: ["green", "✔"], doubtful: ["yellow", "!"], bad: ["red", "✖"] } as const;

/** A sign of how something turned out; in colour where the terminal shows it. */
export function sign(outcome: Outcome): string {
  const [colour, text] = SIGNS[outcome];
  return styleText(colour, text, { stream: process.stdout });
}

/** Text that is less important than what is around it. */
export function faint(text: string): string {
  return styleText("dim", text, { stream: process.stdout });
}

/** Text that stands out. */
export function strong(text: string): string {
  return styleText("bold", text, { stream: process.stdout });
}

/** Tells what something that takes long is doing. Standard output is kept for results. */
export function progress(line: string): void {
  console.error(styleText("dim", line, { stream: process.stderr }));
}
