import type { HostConfig } from "dockerode";
import { given } from "../given.ts";

/**
 * `systempaths=unconfined` is an option of the Docker command line, not of the daemon: it stands for no masked and no
 * read-only paths under /proc.
 */
const unconfined = "systempaths=unconfined";

export function securityOptions(options: readonly string[] = []): HostConfig {
  const paths = options.includes(unconfined) ? { MaskedPaths: [], ReadonlyPaths: [] } : {};
  return { ...given({ SecurityOpt: options.filter((option) => option !== unconfined) }), ...paths };
}
