import { product, sum } from "../vectors.ts";

/** One way to compare two vectors of the same length. */
interface Distance {
  /** The score of a pair, as Qdrant reports it. */
  readonly score: (a: Float32Array, b: Float32Array) => number;
  /** Whether a higher score is the nearer one. */
  readonly higherIsNearer: boolean;
  /** What is kept of a vector. */
  readonly keep: (vector: Float32Array) => Float32Array;
}

const asGiven = (vector: Float32Array) => vector;

/** Qdrant's distances, by the names that a collection is created with. */
export const distances = {
  // Kept at length 1, as Qdrant does, so that the product alone is the cosine.
  Cosine: { score: product, higherIsNearer: true, keep: normalize },
  Dot: { score: product, higherIsNearer: true, keep: asGiven },
  Euclid: {
    score: (a, b) => Math.sqrt(sum(a, (value, index) => (value - b[index]!) ** 2)),
    higherIsNearer: false,
    keep: asGiven,
  },
  Manhattan: {
    score: (a, b) => sum(a, (value, index) => Math.abs(value - b[index]!)),
    higherIsNearer: false,
    keep: asGiven,
  },
} as const satisfies Readonly<Record<string, Distance>>;

/** Name of a distance. */
export type DistanceName = keyof typeof distances;

/** A vector in the same direction, of length 1; the one without a direction stays as it is. */
function normalize(vector: Float32Array): Float32Array {
  const length = Math.sqrt(product(vector, vector));
  return length === 0 ? vector : vector.map((value) => value / length);
}
