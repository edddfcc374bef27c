/** Label of the digest of what an image was made from. */
export const RECIPE_LABEL = "keelson.recipe";

/** Labels of an image made here: that it was, from what, and what it is. */
export function labelsOf(recipe: string, description: string): Record<string, string> {
  return {
    "keelson.embedded": "true",
    [RECIPE_LABEL]: recipe,
    "org.opencontainers.image.description": description,
  };
}
