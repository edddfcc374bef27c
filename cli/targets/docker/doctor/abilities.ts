import { z } from "zod";
import { atLeast } from "../../../../embedded/plugins/docker/daemon/version.ts";
import { bad, type Check, doubtful, good } from "../../../checks.ts";

/** What a Docker engine and its kernel can do, as `GET /info` tells it. */
const schema = z.object({
  CgroupVersion: z.string().default("1"),
  MemoryLimit: z.boolean().default(true),
  SwapLimit: z.boolean().default(true),
  CpuCfsQuota: z.boolean().default(true),
  IPv4Forwarding: z.boolean().default(true),
  BridgeNfIptables: z.boolean().default(true),
  SecurityOptions: z.array(z.string()).nullable().default([]),
  Runtimes: z.record(z.string(), z.unknown()).nullable().default({}),
});

/** What a Docker engine and its kernel can do. */
export type Abilities = z.output<typeof schema> & {
  /** Of the Engine API, as `1.41`. */
  readonly apiVersion: string;
};

/** Reads the answer of an engine. */
export function abilitiesIn(info: unknown, apiVersion: string): Abilities {
  return { ...schema.parse(info), apiVersion };
}

/** Something that an engine may lack. */
interface Ability {
  readonly name: string;
  readonly lacks: (abilities: Abilities) => boolean;
  readonly judge: (kind: string, name: string, detail: string, remedy: string) => Check;
  /** What comes of it. */
  readonly detail: string;
  readonly remedy: string;
}

const CONTROL_GROUPS =
  'start the kernel with "cgroup_enable=memory swapaccount=1" (GRUB_CMDLINE_LINUX in /etc/default/grub, then sudo update-grub and a restart)';

const ABILITIES: readonly Ability[] = [
  {
    name: "CPU limits",
    lacks: ({ CpuCfsQuota }) => !CpuCfsQuota,
    judge: bad,
    detail: "the kernel keeps none, and Docker refuses containers that have one",
    remedy:
      "use a kernel with CONFIG_CFS_BANDWIDTH; for a rootless Docker, delegate the cpu controller to its user",
  },
  {
    name: "memory limits",
    lacks: ({ MemoryLimit }) => !MemoryLimit,
    judge: doubtful,
    detail: "the kernel keeps none, and one container can take the memory of all",
    remedy: CONTROL_GROUPS,
  },
  {
    name: "swap limits",
    lacks: ({ MemoryLimit, SwapLimit }) => MemoryLimit && !SwapLimit,
    judge: doubtful,
    detail: "the kernel keeps none, and a container at its limit of memory goes on in swap, slowly",
    remedy: `${CONTROL_GROUPS}, or do without swap: sudo swapoff --all`,
  },
  {
    name: "seccomp",
    lacks: ({ SecurityOptions }) => !filtersCalls(SecurityOptions ?? []),
    judge: doubtful,
    detail: "containers may make every system call",
    remedy:
      'leave "seccomp-profile" out of /etc/docker/daemon.json, and use a kernel with CONFIG_SECCOMP_FILTER',
  },
  {
    name: "forwarding",
    lacks: ({ IPv4Forwarding }) => !IPv4Forwarding,
    judge: bad,
    detail: "the kernel forwards nothing: no container is reached from outside, nor gets out",
    remedy: keep("net.ipv4.ip_forward", 1),
  },
  {
    name: "isolation",
    // Since Docker 28, which has API 1.48, the module comes when it is needed, and the answer is always false.
    lacks: ({ BridgeNfIptables, apiVersion }) => !BridgeNfIptables && !atLeast(apiVersion, "1.48"),
    judge: doubtful,
    detail: "the firewall does not see what goes over a bridge: containers of one network reach each other",
    remedy: `sudo modprobe br_netfilter && ${keep("net.bridge.bridge-nf-call-iptables", 1)}`,
  },
];

/** Judges what a Docker engine and its kernel can do; only what they can't is worth a line each. */
export function judgeAbilities(abilities: Abilities): Check[] {
  const lacking = ABILITIES.filter(({ lacks }) => lacks(abilities));
  if (lacking.length === 0)
    return [good("Docker", "abilities", `${ABILITIES.map(({ name }) => name).join(", ")}: all there`)];
  return lacking.map(({ judge, name, detail, remedy }) => judge("Docker", name, detail, remedy));
}

function filtersCalls(options: readonly string[]): boolean {
  return options.some(
    (option) => option.startsWith("name=seccomp") && !option.includes("profile=unconfined"),
  );
}

/** The command that gives a kernel a setting, now and after a restart. */
export function keep(name: string, value: number): string {
  return `sudo sysctl -w ${name}=${value} && echo '${name} = ${value}' | sudo tee /etc/sysctl.d/90-${name}.conf`;
}
