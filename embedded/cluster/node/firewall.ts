import { existsSync } from "node:fs";
import { execa } from "execa";
import { addresses } from "../context.ts";
import { podBridge } from "./pod-network.ts";

/** One for each version of the Internet Protocol: kubelet and kube-proxy make chains in both. */
const commands = ["iptables", "ip6tables"] as const;
type Command = (typeof commands)[number];

/** As nft calls them. */
const families: Readonly<Record<Command, string>> = { iptables: "ip", ip6tables: "ip6" };

/** What kubelet and kube-proxy, network plugins, and keelson itself begin the names of their chains with. */
const prefixes = ["KUBE-", "CNI-", "KEELSON-"];

/** Accepts traffic of pods: Docker lets nothing be forwarded but its own, and some firewalls let nothing in. */
const own = `*filter
:KEELSON-FORWARD - [0:0]
:KEELSON-INPUT - [0:0]
-A KEELSON-FORWARD -i ${podBridge} -j ACCEPT
-A KEELSON-FORWARD -o ${podBridge} -j ACCEPT
-A KEELSON-INPUT -i ${podBridge} -d ${addresses.host} -j ACCEPT
COMMIT
*nat
:KEELSON-POSTROUTING - [0:0]
-A KEELSON-POSTROUTING -s ${addresses.podRange} ! -d ${addresses.podRange} -j MASQUERADE
COMMIT
`;
const jumps = [
  ["filter", "FORWARD"],
  ["filter", "INPUT"],
  ["nat", "POSTROUTING"],
] as const;

/** Lets pods reach each other, this node and the outside. Chains that are there already are made anew. */
export async function openFirewall(): Promise<void> {
  await execa("iptables-restore", ["--noflush", "--wait"], { input: own });
  for (const [table, chain] of jumps) {
    const rule = [chain, "--jump", `KEELSON-${chain}`];
    const options = ["--wait", "--table", table];
    const { failed } = await execa("iptables", [...options, "--check", ...rule], { reject: false });
    if (failed) await execa("iptables", [...options, "--insert", ...rule]);
  }
}

/** What of the firewall a node may add to: tables, and in them the chains of Kubernetes and of network plugins, whoever made them. */
export async function firewallParts(): Promise<string[]> {
  const parts = await Promise.all(
    usable().map(async (command) => {
      const saved = await save(command);
      const tables = tablesOf(saved).map((table) => nameOf(command, table));
      return [...tables, ...chainsOf(saved).map(({ table, chain }) => nameOf(command, table, chain))];
    }),
  );
  return parts.flat();
}

/** Removes the chains of Kubernetes and of network plugins but those named, what leads to them, and tables that are empty then. */
export async function closeFirewall(kept: readonly string[]): Promise<void> {
  for (const command of usable()) {
    const input = removal(await save(command), (table, chain) =>
      kept.includes(nameOf(command, table, chain)),
    );
    if (input !== "") await execa(`${command}-restore`, ["--noflush", "--wait"], { input });
    const saved = await save(command);
    for (const table of tablesOf(saved)) {
      if (kept.includes(nameOf(command, table)) || !isEmpty(saved, table)) continue;
      // An iptables of the older kind has no tables that could be removed; empty ones do nothing.
      await execa("nft", ["delete", "table", families[command], table], { reject: false });
    }
  }
}

/**
 * What to tell `iptables-restore` so that chains are gone.
 *
 * @param saved what `iptables-save` says
 * @param keeps which chains stay, with the rules that lead to them
 */
export function removal(saved: string, keeps: (table: string, chain: string) => boolean): string {
  const doomed = chainsOf(saved).filter(({ table, chain }) => !keeps(table, chain));
  const tables = [...new Set(doomed.map(({ table }) => table))];
  return tables
    .map((name) => {
      const chains = new Set(doomed.filter(({ table }) => table === name).map(({ chain }) => chain));
      const rules = linesOf(saved, name).filter((line) => line.startsWith("-A "));
      const leading = rules.filter((rule) => !chains.has(rule.split(" ")[1]!) && chains.has(targetOf(rule)));
      return [
        `*${name}`,
        ...leading.map((rule) => rule.replace("-A", "-D")),
        ...[...chains].map((chain) => `-F ${chain}`),
        ...[...chains].map((chain) => `-X ${chain}`),
        "COMMIT\n",
      ].join("\n");
    })
    .join("");
}

/** Whether a table has no rules, and no chains but the kernel's own, which let everything pass. */
export function isEmpty(saved: string, table: string): boolean {
  const content = linesOf(saved, table).slice(1);
  return content.every((line) => line.startsWith("#") || /^:\S+ ACCEPT /.test(line));
}

function tablesOf(saved: string): string[] {
  return [...saved.matchAll(/^\*(\S+)$/gm)].map(([, table]) => table!);
}

function chainsOf(saved: string): { readonly table: string; readonly chain: string }[] {
  return tablesOf(saved).flatMap((table) =>
    linesOf(saved, table)
      .filter((line) => line.startsWith(":"))
      .map((line) => line.slice(1).split(" ")[0]!)
      .filter((chain) => prefixes.some((prefix) => chain.startsWith(prefix)))
      .map((chain) => ({ table, chain })),
  );
}

function linesOf(saved: string, table: string): string[] {
  const start = saved.indexOf(`*${table}\n`);
  return saved.slice(start, saved.indexOf("\nCOMMIT", start)).split("\n");
}

function targetOf(rule: string): string {
  return /(?:-j|-g) (\S+)/.exec(rule)?.[1] ?? "";
}

function usable(): Command[] {
  return existsSync("/proc/net/if_inet6") ? [...commands] : ["iptables"];
}

async function save(command: Command): Promise<string> {
  return (await execa(`${command}-save`)).stdout;
}

function nameOf(command: Command, ...place: readonly string[]): string {
  return [command, ...place].join(" ");
}
