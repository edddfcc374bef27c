import { z } from "zod";
import type { Machine } from "../../../components/model/capacity.ts";
import type { Stack } from "../../stack.ts";

/** The settings of a stack on a Docker host that matter to the command line. */
export interface DockerSettings {
  /** Address of the Docker engine, as `ssh://user@host`; none for the one of this machine. */
  readonly host?: string | undefined;
  /** What the Docker host is said to have. */
  readonly machine?: Machine | undefined;
}

// What has another shape is left for the program to complain about, which knows the path of every setting.
const schema = z.object({
  host: z.string().optional().catch(undefined),
  machine: z
    .object({ cpus: z.number(), memoryGiB: z.number(), storageGiB: z.number(), gpus: z.number().optional() })
    .optional()
    .catch(undefined),
});

/** Reads them from what the stack says of its target. */
export function dockerSettings({ targetSettings }: Pick<Stack, "targetSettings">): DockerSettings {
  return schema.safeParse(targetSettings).data ?? {};
}
