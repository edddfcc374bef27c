import { product, sum } from "../vectors.ts";

type Distance = (a: Float32Array, b: Float32Array) => number;

/** Weaviate's distances, by the names that a class is made with; the smaller, the nearer. */
export const distances = {
  cosine: (a, b) => 1 - product(a, b) / Math.sqrt(product(a, a) * product(b, b)),
  dot: (a, b) => -product(a, b),
  "l2-squared": (a, b) => sum(a, (value, index) => (value - b[index]!) ** 2),
  manhattan: (a, b) => sum(a, (value, index) => Math.abs(value - b[index]!)),
  hamming: (a, b) => sum(a, (value, index) => (value === b[index] ? 0 : 1)),
} as const satisfies Readonly<Record<string, Distance>>;

/** Name of a distance. */
export type DistanceName = keyof typeof distances;

/** Their names. */
export const distanceNames = Object.keys(distances) as [DistanceName, ...DistanceName[]];
