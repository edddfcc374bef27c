import { Mendable } from "../mendable.ts";
import { openSession } from "../session.ts";
import { confirm, isInteractive, progress } from "../terminal.ts";

/** How a stack is taken down. */
export interface DownOptions {
  /** Nothing is asked. */
  readonly yes?: boolean;
  /** The data goes as well. */
  readonly deleteData?: boolean;
}

/**
 * Takes a stack down, as `pulumi destroy` does. What is protected is kept: the data, and the passwords that open it. The next
 * `up` takes them up again.
 */
export async function down(
  name: string,
  flags: readonly string[],
  { yes, deleteData }: DownOptions,
): Promise<number> {
  if (deleteData && !yes && !isInteractive()) {
    throw new Mendable("deleting data must be confirmed, and there is no terminal to ask on", "add --yes");
  }
  const { engine, place } = await openSession(name, progress);
  const data = await place.data(engine);
  if (deleteData && !yes && !(await confirmDeletion(name, data.expected))) return 1;

  const consent = yes || deleteData || !isInteractive() ? ["--yes"] : [];
  const status = await engine.run([
    "destroy",
    deleteData ? "--ignore-protect" : "--exclude-protected",
    ...consent,
    ...flags,
  ]);
  if (status !== 0) return status;

  const left = await data.present();
  if (left.length === 0) return 0;
  if (deleteData) {
    await data.remove(left);
    console.log(`deleted the data: ${left.join(", ")}`);
  } else {
    console.log(
      `\nkept the data, and the passwords that open it, for the next "npx keelson up ${name}":\n  ${left.join("\n  ")}` +
        `\nto delete both for good: npx keelson down ${name} --delete-data`,
    );
  }
  return 0;
}

async function confirmDeletion(stack: string, expected: readonly string[]): Promise<boolean> {
  const data =
    expected.length > 0 ? ` and its data for good:\n  ${expected.join("\n  ")}\n` : "; it has no data. ";
  return confirm(`this deletes the stack "${stack}"${data}Go on?`);
}
