import type { Indices } from "../services/search-preparation.ts";
import { INDEX } from "./skills-services.ts";

/** What a skill is, unless a stack says otherwise: a Markdown file, its place among the others, and who may have it. */
export const fields: Readonly<Record<string, unknown>> = {
  name: { type: "text", fields: { keyword: { type: "keyword", ignore_above: 256 } } },
  description: { type: "text" },
  content: { type: "text" },
  tags: { type: "keyword" },
  // Skills that it belongs to, and those that belong to it, by their ids.
  parents: { type: "keyword" },
  children: { type: "keyword" },
  tenant: { type: "keyword" },
  version: { type: "keyword" },
  created_at: { type: "date" },
  updated_at: { type: "date" },
};

/** Name of the field that holds a skill's vector. */
export const VECTOR_FIELD = "embedding";

/** The index of skills, with a vector of each; and whatever else the backend keeps under the same name, such as who fetched what. */
export function skillIndices(skill: Readonly<Record<string, unknown>>, dimensions: number): Indices {
  const vector = { type: "dense_vector", dims: dimensions, index: true, similarity: "cosine" };
  return {
    [INDEX]: { mappings: { properties: { ...skill, [VECTOR_FIELD]: vector } } },
    [`${INDEX}-*`]: {},
  };
}
