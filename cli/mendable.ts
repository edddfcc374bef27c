/** An error that the person at the keyboard can mend: it is shown without a stack trace, with what to do about it. */
export class Mendable extends Error {
  override readonly name = "Mendable";
  /** What to do, in one sentence or some lines. */
  readonly remedy: string;

  constructor(problem: string, remedy: string, options?: ErrorOptions) {
    super(problem, options);
    this.remedy = remedy;
  }
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What an error is to a person: no stack trace, unless it is asked for. */
export function explain(error: unknown, verbose: boolean): string {
  const lines = [`error: ${messageOf(error)}`];
  if (error instanceof Mendable) lines.push(`  ${error.remedy.replaceAll("\n", "\n  ")}`);
  if (verbose && error instanceof Error) lines.push(error.stack ?? "", ...causesOf(error));
  else if (!(error instanceof Mendable)) lines.push("  --verbose shows where it comes from");
  return lines.join("\n");
}

function causesOf({ cause }: Error): string[] {
  return cause instanceof Error ? [`caused by ${cause.stack ?? cause.message}`, ...causesOf(cause)] : [];
}
