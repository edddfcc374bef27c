type Given<Fields> = {
  -readonly [Name in keyof Fields]?: NonNullable<Fields[Name]> extends readonly (infer Element)[]
    ? Element[]
    : NonNullable<Fields[Name]>;
};

/** The fields that have a value: the official plugin takes an empty string, list or map, a zero and `false` for none. */
export function given<const Fields extends object>(fields: Fields): Given<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => isGiven(value))) as Given<Fields>;
}

export function isGiven(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === "object" && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}

interface Label {
  readonly label: string;
  readonly value: string;
}

export function labelMap(labels: readonly Label[] = []): Record<string, string> {
  return Object.fromEntries(labels.map(({ label, value }) => [label, value]));
}

export function labelOutputs(labels: Readonly<Record<string, string>> | null | undefined): Label[] {
  return Object.entries(labels ?? {}).map(([label, value]) => ({ label, value }));
}

/** `["A=1"]` as `{ A: "1" }`; what has no `=` is left out, as in the official plugin. */
export function optionMap(options: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    options.filter((option) => option.includes("=")).map((option) => splitOnce(option, "=")),
  );
}

export function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}
