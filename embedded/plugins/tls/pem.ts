/** Writes DER as PEM (RFC 7468), with a line break at the end as Go does. */
export function toPem(label: string, der: ArrayBuffer | Buffer): string {
  const lines = Buffer.from(der as ArrayBuffer)
    .toString("base64")
    .replace(/.{64}(?=.)/g, "$&\n");
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}

/** Reads the first PEM block of a label. */
export function fromPem(label: string, text: string): Buffer {
  const [, body] =
    new RegExp(`-----BEGIN ${label}-----([A-Za-z0-9+/=\\s]+)-----END ${label}-----`).exec(text) ?? [];
  if (body === undefined) throw new Error(`there is no PEM block '${label}' in the given text`);
  return Buffer.from(body, "base64");
}
