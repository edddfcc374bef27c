/**
 * The texts of a `Warning` header: `299 - "text", 299 - "text"` (RFC 7234, 5.5; Kubernetes uses the code 299). Quotes and backslashes in a text
 * are escaped.
 */
export function warnings(header: string | undefined): readonly string[] {
  return [...(header ?? "").matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, quoted = ""]) =>
    quoted.replaceAll(/\\(.)/g, "$1"),
  );
}
