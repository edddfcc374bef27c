import { globSync, readFileSync } from "node:fs";
import { execa } from "execa";
import { parseMounts } from "../../embedded/cluster/node/mounts.ts";

/** What a node of the cluster changes on its machine. */
export interface MachineState {
  /** Rules and chains, without their counters. */
  readonly firewall: readonly string[];
  readonly interfaces: readonly string[];
  readonly mounts: readonly string[];
  /** Control groups below the root of each hierarchy. */
  readonly groups: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
  /** Files and folders where programs keep state. */
  readonly files: readonly string[];
  /** Commands of what a node runs. */
  readonly processes: readonly string[];
}

/** How this machine is now. */
export async function machineState(): Promise<MachineState> {
  return {
    firewall: [...(await rules("iptables-save")), ...(await rules("ip6tables-save"))],
    interfaces: globSync("/sys/class/net/*").toSorted(),
    mounts: parseMounts(readFileSync("/proc/self/mountinfo", "utf8")).map(({ mountPoint }) => mountPoint),
    groups: globSync("/sys/fs/cgroup/{,*/}*/").toSorted(),
    settings: Object.fromEntries(settings.map((name) => [name, readFileSync(name, "utf8").trim()])),
    files: globSync("{/etc,/run,/run/containerd/s,/opt,/usr/libexec,/var/lib,/var/log,/var/log/containers}/*")
      .filter((file) => !file.endsWith(".log"))
      .toSorted(),
    processes: runningCommands().filter((command) => command.includes("/keelson/")),
  };
}

/** Those that are known to be changed by kubelet, and by what is started with it. */
const settings = globSync([
  "/proc/sys/kernel/panic*",
  "/proc/sys/kernel/keys/root_*",
  "/proc/sys/vm/{overcommit_memory,panic_on_oom}",
  "/proc/sys/net/ipv4/ip_forward",
  "/proc/sys/net/ipv4/conf/all/route_localnet",
  "/proc/sys/net/bridge/bridge-nf-call-iptables",
  "/proc/sys/net/netfilter/nf_conntrack_{max,tcp_be_liberal,tcp_timeout_established,tcp_timeout_close_wait}",
]);

async function rules(command: string): Promise<string[]> {
  const { stdout } = await execa(command);
  const lines = stdout.split("\n").filter((line) => !line.startsWith("#"));
  return lines.map((line) => `${command} ${line.replace(/ \[\d+:\d+\]/, "")}`);
}

function runningCommands(): string[] {
  return globSync("/proc/[0-9]*/cmdline").map((file) => {
    try {
      return readFileSync(file, "utf8").replaceAll("\0", " ");
    } catch {
      // It ended meanwhile.
      return "";
    }
  });
}
