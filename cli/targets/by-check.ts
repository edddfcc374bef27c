/** Longest text of a check that is shown. */
const LONGEST = 60;

/** By which check something is known to be well, to stand after that; nothing where it is not known. */
export function byCheck(check: string | undefined): string {
  if (!check) return "";
  const line = check.replaceAll(/\s+/g, " ").trim();
  return ` (${line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line})`;
}
