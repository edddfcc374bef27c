import { z } from "zod";
import { badRequest } from "../request-error.ts";

/** How alike two vectors are said to be. */
const similaritySchema = z.enum(["cosine", "dot_product", "l2_norm"]);

/** How alike two vectors are said to be. */
export type Similarity = z.infer<typeof similaritySchema>;

/** A field that holds a vector. */
export interface VectorField {
  readonly dims: number;
  readonly similarity: Similarity;
}

const denseVectorSchema = z.object({
  type: z.literal("dense_vector"),
  dims: z.number().int().positive("a dense_vector names its dims here"),
  similarity: similaritySchema.default("cosine"),
});

/** OpenSearch has no type for vectors by itself: numbers that are kept and not indexed, with a note of what they are. */
const storedSchema = z.object({
  type: z.literal("float"),
  meta: z.object({ dense_vector: z.string() }),
});

type Json = Readonly<Record<string, unknown>>;

/**
 * Has vectors in a mapping kept as numbers.
 *
 * @throws RequestError if a vector is described in a way that is not known
 */
export function toStored<Body extends Json>(mapping: Body): Body {
  return eachField(mapping, (field) => {
    if (field["type"] !== "dense_vector") return field;
    const read = denseVectorSchema.safeParse(field);
    if (!read.success) throw badRequest(`stand-in for Elasticsearch: ${z.prettifyError(read.error)}`);
    const { dims, similarity } = read.data;
    return {
      type: "float",
      index: false,
      doc_values: false,
      meta: { dense_vector: `${similarity} ${dims}` },
    };
  });
}

/** Shows vectors in an answer about mappings as they were described. */
export function fromStored<Body extends Json>(answer: Body): Body {
  return eachField(answer, (field) => {
    const vector = vectorOf(field);
    return vector
      ? { type: "dense_vector", dims: vector.dims, index: true, similarity: vector.similarity }
      : field;
  });
}

/** The vector that is kept in a field, if it is one. */
export function vectorOf(field: unknown): VectorField | undefined {
  const read = storedSchema.safeParse(field);
  if (!read.success) return undefined;
  const [similarity, dims] = read.data.meta.dense_vector.split(" ");
  return { similarity: similaritySchema.parse(similarity), dims: Number(dims) };
}

/** Changes what stands directly under any `properties`, however deep. */
function eachField<Body extends Json>(body: Body, change: (field: Json) => Json): Body {
  const entries = Object.entries(body).map(([key, value]) => {
    if (!isJson(value)) return [key, value];
    if (key !== "properties") return [key, eachField(value, change)];
    const fields = Object.entries(value).map(([name, field]) => [
      name,
      isJson(field) ? eachField(change(field), change) : field,
    ]);
    return [key, Object.fromEntries(fields)];
  });
  return Object.fromEntries(entries) as Body;
}

function isJson(value: unknown): value is Json {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
