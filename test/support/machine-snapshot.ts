import { globSync, lstatSync, readFileSync, readlinkSync } from "node:fs";
import * as path from "node:path";
import { execa } from "execa";

/** What a cluster could leave on a machine; everything in it is sorted text, so that two can be compared. */
export interface MachineSnapshot {
  /** Programs from a folder, and the shims that run containers. */
  readonly processes: readonly string[];
  readonly mounts: readonly string[];
  readonly links: readonly string[];
  readonly routes: readonly string[];
  readonly firewall: readonly string[];
  readonly cgroups: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
  readonly folders: readonly string[];
}

/** What Docker does meanwhile, for others on the same machine, is none of a cluster's. */
const ofDocker = /docker|\bbr-[0-9a-f]{12}|\bveth/i;

/** Settings whose values come and go by themselves, or are those of one interface. */
const volatileSetting =
  /random|ns_last_pid|_count$|inode|dentry|usermode|\bnr_|\/(conf|neigh)\/|fastopen_key/;

/** Looks at the machine; `home` is the folder that a cluster's programs are in. */
export async function machineSnapshot(home: string): Promise<MachineSnapshot> {
  return {
    processes: processesOf(home),
    mounts: lines(readFileSync("/proc/self/mountinfo", "utf8"))
      .map((line) => line.split(" ")[4]!)
      .filter(isOwn),
    links: (await output("ip", "-oneline", "link")).map((line) => line.split(": ")[1]!).filter(isOwn),
    routes: (await output("ip", "route")).filter(isOwn),
    firewall: await firewall(),
    cgroups: globSync("/sys/fs/cgroup/{*,*/*}").filter(
      (file) => lstatSync(file).isDirectory() && isOwn(file),
    ),
    settings: settings(),
    folders: globSync("/{etc,opt,run,usr/libexec,var/lib,var/log}/*").toSorted(),
  };
}

function isOwn(line: string): boolean {
  return !ofDocker.test(line);
}

function lines(text: string): string[] {
  return text.split("\n").filter(Boolean).toSorted();
}

async function output(program: string, ...args: readonly string[]): Promise<string[]> {
  const { stdout } = await execa(program, args, { env: { PATH: `${process.env.PATH}:/usr/sbin:/sbin` } });
  return lines(stdout).map((line) => line.trim());
}

async function firewall(): Promise<string[]> {
  const rules = [...(await output("iptables-save")), ...(await output("ip6tables-save"))];
  // Comments hold the time, and policies how many packets they met.
  return rules
    .filter((line) => !line.startsWith("#") && isOwn(line))
    .map((line) => line.replace(/\s*\[\d+:\d+\]/, ""))
    .toSorted();
}

function processesOf(home: string): string[] {
  return globSync("/proc/[0-9]*/exe").flatMap((link) => {
    try {
      const program = readlinkSync(link);
      return program.startsWith(`${home}/`) ? [program] : [];
    } catch {
      // It has ended, or is one of the kernel's own.
      return [];
    }
  });
}

function settings(): Record<string, string> {
  const files = globSync("/proc/sys/{kernel,net,vm}/**").filter((file) => !volatileSetting.test(file));
  const values = files.flatMap((file) => {
    try {
      return [[path.relative("/proc/sys", file), readFileSync(file, "utf8").trim()]];
    } catch {
      // A folder, or one that is for writing only.
      return [];
    }
  });
  return Object.fromEntries(values) as Record<string, string>;
}
