/**
 * The digest under which a registry knows an image, as `name@sha256:…`: that of the registry the name belongs to if several
 * know it. Empty for an image that came from no registry.
 */
export function repoDigest(name: string, digests: readonly string[] | null | undefined): string {
  const [only = "", ...others] = digests ?? [];
  if (others.length === 0) return only;
  const colon = name.indexOf(":");
  const untagged = colon < 0 ? name : name.slice(0, colon);
  return [only, ...others].find((digest) => digest.startsWith(untagged)) ?? only;
}
