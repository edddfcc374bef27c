import { createHash } from "node:crypto";

/** Addresses that one network can have: 61 containers beside its gateway. */
const PREFIX_LENGTH = 26;
const SIZE = 2 ** (32 - PREFIX_LENGTH);

/**
 * Hands out small subnets of a pool, because Docker's own pools end after about thirty networks. A network's subnet
 * follows from its name, so that adding a service moves no other; only where two names meet does the second give way.
 */
export class Subnets {
  readonly #first: number;
  readonly #count: number;
  readonly #taken = new Set<number>();

  /**
   * @param pool Private addresses that nothing else on the host or its network uses, as `address/length`
   * @throws RangeError if the pool can't be read or holds no subnet
   */
  constructor(pool: string) {
    const [, address = "", length = ""] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(pool) ?? [];
    const bytes = address.split(".").map(Number);
    if (
      bytes.length !== 4 ||
      bytes.some((byte) => byte > 255) ||
      Number(length) > PREFIX_LENGTH ||
      Number(length) < 8
    )
      throw new RangeError(
        `"${pool}" is not a pool of subnets; write address/length with a length from 8 to ${PREFIX_LENGTH}, as in "10.128.0.0/9"`,
      );
    this.#count = 2 ** (PREFIX_LENGTH - Number(length));
    const asked = bytes.reduce((number, byte) => number * 256 + byte, 0);
    this.#first = asked - (asked % (this.#count * SIZE));
  }

  /**
   * The subnet of a network.
   *
   * @throws RangeError if the pool is used up
   */
  of(name: string): string {
    if (this.#taken.size === this.#count)
      throw new RangeError(`no subnet is left for "${name}"; use a larger pool`);
    let index = createHash("sha256").update(name).digest().readUInt32BE() % this.#count;
    while (this.#taken.has(index)) index = (index + 1) % this.#count;
    this.#taken.add(index);
    const first = this.#first + index * SIZE;
    return `${[24, 16, 8, 0].map((shift) => (first / 2 ** shift) & 255).join(".")}/${PREFIX_LENGTH}`;
  }
}
