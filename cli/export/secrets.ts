/** Marks a secret among the inputs of a resource, https://github.com/pulumi/pulumi/blob/v3.259.0/sdk/go/common/resource/sig/sig.go */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** A value whose secrets are in clear, and whether there were any. */
export interface Opened {
  readonly value: unknown;
  readonly isSecret: boolean;
}

/** Takes the marks off a value that `stack export --show-secrets` wrote. */
export function opened(value: unknown): Opened {
  if (typeof value !== "object" || value === null) return { value, isSecret: false };
  if (SIGNATURE in value) {
    const { plaintext } = value as { readonly plaintext?: string };
    return { value: plaintext === undefined ? undefined : JSON.parse(plaintext), isSecret: true };
  }
  const parts = Object.entries(value).map(([key, each]) => [key, opened(each)] as const);
  const isSecret = parts.some(([, part]) => part.isSecret);
  if (Array.isArray(value)) return { value: parts.map(([, part]) => part.value), isSecret };
  return { value: Object.fromEntries(parts.map(([key, part]) => [key, part.value])), isSecret };
}
