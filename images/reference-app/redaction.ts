/** What stands in the place of a secret. */
const mask = "•••";

/** Shorter values occur in ordinary words: to mask them would garble every text and reveal them by the gaps. */
const shortest = 4;

/** Gives a function that masks each of these secrets, in clear, URL-encoded or within JSON, wherever a text holds it. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const spellings = secrets
    .filter((secret) => secret.length >= shortest)
    .flatMap((secret) => [secret, encodeURIComponent(secret), decoded(secret)])
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  // The longest first: one secret may be the beginning of another.
  const ordered = [...new Set(spellings)].toSorted((a, b) => b.length - a.length);
  return (text) => ordered.reduce((masked, secret) => masked.replaceAll(secret, mask), text);
}

function decoded(secret: string): string {
  try {
    return decodeURIComponent(secret);
  } catch {
    // A bare percent sign: the secret was not URL-encoded.
    return secret;
  }
}
