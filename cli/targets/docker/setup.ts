import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { parseEnv } from "node:util";
import { Mendable } from "../../mendable.ts";

/** What decides how Docker can be had on a machine where it doesn't answer. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  /** `ID` and `ID_LIKE` of /etc/os-release, as `debian` and `ubuntu`. */
  readonly distributions: readonly string[];
  readonly hasAptGet: boolean;
  readonly hasDockerd: boolean;
  /** systemd runs here, not only its files are here. */
  readonly hasSystemd: boolean;
}

/** How Docker can be had here. */
export interface DockerSetup {
  /** The distribution's package is to be installed first. */
  readonly install: boolean;
  readonly startBy: "systemd" | "hand";
}

/** What `setUpDocker` is about to do, as a question without its mark. */
export function describeSetup({ install, startBy }: DockerSetup): string {
  const start = startBy === "systemd" ? "start it by systemd" : "start it in the background";
  return install ? `Install the package docker.io by apt-get and ${start}` : `S${start.slice(1)}`;
}

/**
 * Decides how Docker can be had.
 *
 * @throws Mendable where it is for the user to install
 */
export function planDocker(machine: Machine, complaint: string): DockerSetup {
  const { isRoot, hasDockerd, hasAptGet, hasSystemd } = machine;
  const startBy = hasSystemd ? "systemd" : "hand";
  if (isRoot && hasDockerd) return { install: false, startBy };
  if (isRoot && hasAptGet && isDebian(machine)) return { install: true, startBy };
  throw new Mendable(complaint, advice(machine, complaint));
}

function isDebian({ distributions }: Machine): boolean {
  return distributions.includes("debian") || distributions.includes("ubuntu");
}

function advice(machine: Machine, complaint: string): string {
  const { platform, hasDockerd } = machine;
  const again = "then run this again";
  if (complaint.includes("EACCES")) {
    return `add yourself to the group "docker" and log in again: sudo usermod -aG docker "$USER"; ${again}`;
  }
  if (platform !== "linux") return `install Docker Desktop, start it, ${again}`;
  if (hasDockerd) return `start it: sudo systemctl start docker; ${again}`;
  if (isDebian(machine)) {
    return `install it: sudo apt-get install docker.io && sudo usermod -aG docker "$USER"; log in again, ${again}`;
  }
  return `install Docker Engine 20.10 or newer from your distribution, start it, ${again}`;
}

/** Looks at this machine. */
export async function lookAtMachine(environment: NodeJS.ProcessEnv = process.env): Promise<Machine> {
  const release = existsSync("/etc/os-release") ? parseEnv(await readFile("/etc/os-release", "utf8")) : {};
  // Not every PATH of root has the folders of daemons.
  const folders = [...(environment["PATH"] ?? "").split(delimiter), "/usr/sbin", "/sbin"];
  const has = (program: string) => folders.some((folder) => existsSync(join(folder, program)));
  return {
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    distributions: `${release["ID"] ?? ""} ${release["ID_LIKE"] ?? ""}`.split(" ").filter(Boolean),
    hasAptGet: has("apt-get"),
    hasDockerd: has("dockerd"),
    hasSystemd: existsSync("/run/systemd/system"),
  };
}
