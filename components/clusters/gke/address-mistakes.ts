import { networkOf, overlap } from "../cidr.ts";
import type { Pools } from "../pools.ts";
import type { GkeArgs, RangesArgs } from "./gke-args.ts";
import type { Mistake } from "./mistakes.ts";
import { RANGES } from "./network.ts";

/** https://cloud.google.com/kubernetes-engine/docs/how-to/latest/network-isolation: so many of them a cluster takes. */
const MOST_ACCESS = 100;

/** What is wrong with the networks that the API server may be reached from. */
export function accessMistakes(access: readonly string[]): Mistake[] {
  const unread = access.flatMap((text, index) => {
    if (networkOf(text)) return [];
    const propertyPath = `access[${index}]`;
    return [
      { propertyPath, reason: `${propertyPath} is "${text}"; state IPv4 addresses, as "203.0.113.0/24"` },
    ];
  });
  if (access.length <= MOST_ACCESS) return unread;
  const reason = `access has ${access.length} networks; state ${MOST_ACCESS} at most`;
  return [...unread, { propertyPath: "access", reason }];
}

/** Prefixes that a range may have: nodes, pods and Services by https://cloud.google.com/kubernetes-engine/docs/concepts/alias-ips */
const PREFIXES: Readonly<Record<keyof RangesArgs, { readonly from: number; readonly to: number }>> = {
  nodes: { from: 8, to: 27 },
  pods: { from: 9, to: 21 },
  services: { from: 16, to: 27 },
  controlPlane: { from: 28, to: 28 },
};

const KINDS = Object.keys(PREFIXES) as readonly (keyof RangesArgs)[];

/** What is wrong with the addresses of a network. */
export function rangeMistakes({ ranges = {}, existing }: GkeArgs, pools: Pools): Mistake[] {
  const all = { ...RANGES, ...ranges };
  const made = existing ? KINDS.filter((kind) => kind === "controlPlane") : KINDS;
  const idle = existing && !("cluster" in existing) ? KINDS.filter((kind) => kind !== "controlPlane") : [];
  return [
    ...idle.flatMap((kind) => (ranges[kind] === undefined ? [] : [withoutEffect(kind)])),
    ...made.flatMap((kind) => prefixMistakes(kind, all[kind])),
    ...made.flatMap((kind, index) => made.slice(index + 1).flatMap((other) => overlaps(all, kind, other))),
    ...(existing ? [] : roomMistakes(all.pods, pools)),
  ];
}

function withoutEffect(kind: keyof RangesArgs): Mistake {
  const propertyPath = `ranges.${kind}`;
  return {
    propertyPath,
    reason: `${propertyPath} has no effect on a network that is there already; leave it out`,
  };
}

function prefixMistakes(kind: keyof RangesArgs, text: string): Mistake[] {
  const { from, to } = PREFIXES[kind];
  const network = networkOf(text);
  if (network && network.bits >= from && network.bits <= to) return [];
  const propertyPath = `ranges.${kind}`;
  const prefix = from === to ? `/${from}` : `/${from} to /${to}`;
  const reason = `${propertyPath} is "${text}"; state a network of ${prefix}, as "${RANGES[kind]}"`;
  return [{ propertyPath, reason }];
}

function overlaps(all: Required<RangesArgs>, kind: keyof RangesArgs, other: keyof RangesArgs): Mistake[] {
  const [one, two] = [networkOf(all[kind]), networkOf(all[other])];
  if (!one || !two || !overlap(one, two)) return [];
  const reason = `ranges.${kind} "${all[kind]}" and ranges.${other} "${all[other]}" have addresses in common; state others`;
  return [{ propertyPath: `ranges.${kind}`, reason }];
}

/** Each node takes a /24 for its 110 pods, and an upgrade has one more of each pool for a while. */
function roomMistakes(pods: string, pools: Pools): Mistake[] {
  const network = networkOf(pods);
  const nodes = Object.values(pools).reduce((sum, { max }) => sum + max + 1, 0);
  const room = network ? 2 ** (24 - network.bits) : nodes;
  if (nodes <= room) return [];
  const reason = `ranges.pods "${pods}" is enough for ${room} nodes, and the pools may have ${nodes} during an upgrade; state a larger one`;
  return [{ propertyPath: "ranges.pods", reason }];
}
