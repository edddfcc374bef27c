import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { execa } from "execa";
import { z } from "zod";
import type { ClusterContext } from "../context.ts";
import { closeFirewall, firewallParts } from "./firewall.ts";
import { nodeFolders } from "./folders.ts";

type Home = Pick<ClusterContext, "home">;

/** Settings of the kernel that kubelet, network plugins and the node itself change. */
const settings = [
  "kernel/keys/root_maxbytes",
  "kernel/keys/root_maxkeys",
  "kernel/panic",
  "kernel/panic_on_oops",
  "net/bridge/bridge-nf-call-iptables",
  "net/ipv4/ip_forward",
  "vm/overcommit_memory",
  "vm/panic_on_oom",
];

/** Folders that kubelet, containerd and network plugins make wherever their own ones are said to be. */
const fixedFolders = [
  "/etc/cni",
  "/run/containerd",
  "/usr/libexec/kubernetes",
  "/var/lib/cni",
  "/var/lib/kubelet",
  "/var/log/containers",
  "/var/log/pods",
];

/** How the machine was before a node was started on it. */
const recorded = z.object({
  settings: z.record(z.string(), z.string()),
  firewall: z.array(z.string()),
  missingFolders: z.array(z.string()),
});

/** Notes how the machine is, unless that was done before and the node was not stopped since; then prepares it for pods. */
export async function prepareHost(context: Home): Promise<void> {
  // Only then do the firewall's rules hold for traffic between pods, which services depend on.
  const onBridges = "net/bridge/bridge-nf-call-iptables";
  if (!existsSync(fileOf(onBridges))) await execa("modprobe", ["br_netfilter"]);

  const { before } = nodeFolders(context);
  if (!existsSync(before)) {
    const values = await Promise.all(settings.map(async (name) => [name, await read(name)] as const));
    const record: z.infer<typeof recorded> = {
      settings: Object.fromEntries(values),
      firewall: await firewallParts(),
      missingFolders: fixedFolders.filter((folder) => !existsSync(folder)),
    };
    await mkdir(path.dirname(before), { recursive: true });
    await writeFile(before, JSON.stringify(record, undefined, 2), { flush: true });
  }
  await write(onBridges, "1");
  await write("net/ipv4/ip_forward", "1");
}

/** Makes the machine's settings, firewall and folders what they were before the node was started. */
export async function restoreHost(context: Home): Promise<void> {
  const { before } = nodeFolders(context);
  if (!existsSync(before)) return;
  const record = recorded.parse(JSON.parse(await readFile(before, "utf8")));
  for (const [name, value] of Object.entries(record.settings)) await write(name, value);
  await closeFirewall(record.firewall);
  for (const folder of record.missingFolders) await rm(folder, { recursive: true, force: true });
}

function fileOf(setting: string): string {
  return path.join("/proc/sys", setting);
}

async function read(setting: string): Promise<string> {
  return (await readFile(fileOf(setting), "utf8")).trim();
}

async function write(setting: string, value: string): Promise<void> {
  if ((await read(setting)) !== value) await writeFile(fileOf(setting), value);
}
