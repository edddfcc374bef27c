import { z } from "zod";

/** What a point is known by: a number, or a UUID. */
export const pointId = z.union([z.int().nonnegative(), z.guid()]);

/** What a point is known by. */
export type PointId = z.infer<typeof pointId>;

/** What is kept beside a vector. */
export type Payload = Readonly<Record<string, unknown>>;

/** A point as it is given. A vector with a name, or a sparse one, is refused: it is an object. */
export const pointSchema = z.strictObject({
  id: pointId,
  vector: z.array(z.number()),
  payload: z.record(z.string(), z.unknown()).nullish(),
});

/** A point as it is given. */
export type Point = z.infer<typeof pointSchema>;

/** A point as it is kept. */
export interface StoredPoint {
  readonly id: PointId;
  readonly vector: Float32Array;
  readonly payload: Payload;
}

/** What of a point an answer shall hold. */
export const selectionSchema = z.object({
  with_payload: z.union([z.boolean(), z.array(z.string())]).nullish(),
  with_vector: z.boolean().nullish(),
});

/** A point as an answer holds it. */
export function shown(
  { id, vector, payload }: StoredPoint,
  { with_payload, with_vector }: z.infer<typeof selectionSchema>,
  payloadByDefault: boolean,
) {
  const wanted = with_payload ?? payloadByDefault;
  return {
    id,
    ...(wanted !== false && { payload: Array.isArray(wanted) ? picked(payload, wanted) : payload }),
    ...(with_vector && { vector: [...vector] }),
  };
}

function picked(payload: Payload, keys: readonly string[]): Payload {
  return Object.fromEntries(Object.entries(payload).filter(([key]) => keys.includes(key)));
}
