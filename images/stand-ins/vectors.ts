/** Sum over the numbers of a vector. */
export function sum(vector: Float32Array, term: (value: number, index: number) => number): number {
  let total = 0;
  for (let index = 0; index < vector.length; index += 1) total += term(vector[index]!, index);
  return total;
}

/** The dot product of two vectors of the same length. */
export function product(a: Float32Array, b: Float32Array): number {
  return sum(a, (value, index) => value * b[index]!);
}

/** A vector as a file keeps it. */
export function toBytes(vector: Float32Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
}

/** A vector from a file. It is copied, because the numbers there need not begin where an array of them may. */
export function fromBytes(bytes: Uint8Array): Float32Array {
  return new Float32Array(Uint8Array.from(bytes).buffer);
}
