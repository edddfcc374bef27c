import { isIPv4 } from "node:net";

/** A network of IPv4 addresses. */
export interface Network {
  /** The first address, as a number. */
  readonly first: number;
  /** Length of the prefix in bits. */
  readonly bits: number;
}

/** Reads a network in CIDR notation, as "10.0.0.0/16"; `undefined` if it is none, or has bits beyond its prefix. */
export function networkOf(text: string): Network | undefined {
  const [address = "", length = "", ...more] = text.split("/");
  if (!isIPv4(address) || !/^\d{1,2}$/.test(length) || Number(length) > 32 || more.length > 0)
    return undefined;
  const bits = Number(length);
  const first = address.split(".").reduce((number, part) => number * 256 + Number(part), 0);
  return first % 2 ** (32 - bits) === 0 ? { first, bits } : undefined;
}

/** One of the equal parts that a network falls into when its prefix grows by some bits, counted from 0. */
export function partOf({ first, bits }: Network, more: number, index: number): string {
  const start = first + index * 2 ** (32 - bits - more);
  const address = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join(".");
  return `${address}/${bits + more}`;
}

/** Whether two networks have addresses in common. */
export function overlap(one: Network, other: Network): boolean {
  const size = 2 ** (32 - Math.min(one.bits, other.bits));
  return Math.floor(one.first / size) === Math.floor(other.first / size);
}

/** Networks of private addresses: https://www.rfc-editor.org/rfc/rfc1918, https://www.rfc-editor.org/rfc/rfc6598 */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

/** Whether a network is of private addresses, which nobody on the internet has. */
export function isPrivate(network: Network): boolean {
  return PRIVATE.some((text) => overlap(networkOf(text)!, network));
}
