import { existsSync } from "node:fs";
import * as path from "node:path";

/** What decides whether a machine can have a cluster. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  /** Whether it has a program. */
  readonly has: (program: string) => boolean;
}

/** The packages of the programs that a control plane uses. */
const forControlPlane: Readonly<Record<string, string>> = { ip: "iproute2" };
/** Those of a node. */
const forNode: Readonly<Record<string, string>> = { ...forControlPlane, iptables: "iptables", runc: "runc" };

/** Not every PATH of root has the folders of what only root uses. */
export const searchPath = [process.env["PATH"] ?? "", "/usr/sbin", "/sbin"].join(path.delimiter);

/**
 * Checks that a machine can have a cluster.
 *
 * @param node whether the machine is to be a node of it
 * @throws Error that says what is missing
 */
export function checkMachine(node: boolean, { platform, isRoot, has }: Machine = thisMachine()): void {
  if (platform !== "linux") {
    throw new Error(`a cluster needs Linux, and this is ${platform}: run it in a virtual machine`);
  }
  if (!isRoot) {
    throw new Error(
      "a cluster makes network interfaces and mounts, which only root may: run this with sudo -E",
    );
  }
  const missing = Object.entries(node ? forNode : forControlPlane).filter(([program]) => !has(program));
  if (missing.length === 0) return;
  const [programs, packages] = [0, 1].map((column) => missing.map((row) => row[column]));
  throw new Error(
    `a cluster needs ${programs!.join(" and ")}, and this machine lacks it: ` +
      `install it from your distribution, as with apt-get install ${packages!.join(" ")}`,
  );
}

function thisMachine(): Machine {
  return {
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    has: (program) =>
      searchPath.split(path.delimiter).some((folder) => existsSync(path.join(folder, program))),
  };
}
