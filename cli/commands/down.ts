import { Mendable } from "../mendable.ts";
import { recorded } from "../plan.ts";
import { openSession } from "../session.ts";
import { confirm, isInteractive, progress } from "../terminal.ts";
import { removeVolumes, volumesOf } from "../volumes.ts";

/** How a stack is taken down. */
export interface DownOptions {
  /** Nothing is asked. */
  readonly yes?: boolean;
  /** The data volumes go as well. */
  readonly deleteData?: boolean;
}

/**
 * Takes a stack down, as `pulumi destroy` does. What is protected is kept: the volumes with data, and the passwords that open it. The next
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
  const { engine, docker } = await openSession(name, progress);
  const { prefixes, dataVolumes } = await recorded(engine);
  if (deleteData && !yes && !(await confirmDeletion(name, dataVolumes))) return 1;

  const consent = yes || deleteData || !isInteractive() ? ["--yes"] : [];
  const status = await engine.run([
    "destroy",
    deleteData ? "--ignore-protect" : "--exclude-protected",
    ...consent,
    ...flags,
  ]);
  if (status !== 0) return status;

  const volumes = await volumesOf(docker, prefixes);
  if (volumes.length === 0) return 0;
  if (deleteData) {
    await removeVolumes(docker, volumes);
    console.log(`deleted the data: ${volumes.join(", ")}`);
  } else {
    console.log(
      `\nkept the data, and the passwords that open it, for the next "npx keelson up ${name}":\n  ${volumes.join("\n  ")}` +
        `\nto delete both for good: npx keelson down ${name} --delete-data`,
    );
  }
  return 0;
}

async function confirmDeletion(stack: string, volumes: readonly string[]): Promise<boolean> {
  const data =
    volumes.length > 0 ? ` and its data for good:\n  ${volumes.join("\n  ")}\n` : "; it has no data. ";
  return confirm(`this deletes the stack "${stack}"${data}Go on?`);
}
