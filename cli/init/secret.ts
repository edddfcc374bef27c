/** An answer that must not be seen: it can't slip into a text or a file by itself. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return "[secret]";
  }

  toJSON(): string {
    return "[secret]";
  }
}

/** A secret among answers, and where it is. */
export interface PlacedSecret {
  readonly path: readonly (string | number)[];
  readonly secret: Secret;
}

/** Answers with their secrets in clear, for the validator. */
export function revealed(answers: unknown): unknown {
  if (answers instanceof Secret) return answers.reveal();
  if (Array.isArray(answers)) return answers.map(revealed);
  if (!isObject(answers)) return answers;
  return Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, revealed(value)]));
}

/** Answers without their secrets, and without what held nothing else. */
export function withoutSecrets(answers: unknown): unknown {
  if (answers instanceof Secret) return undefined;
  if (Array.isArray(answers)) return answers.map((each) => withoutSecrets(each) ?? {});
  if (!isObject(answers)) return answers;
  const left = Object.entries(answers).flatMap(([key, value]) => {
    const rest = withoutSecrets(value);
    return rest === undefined ? [] : [[key, rest] as const];
  });
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

/** The secrets among answers. */
export function secretsIn(answers: unknown, path: readonly (string | number)[] = []): PlacedSecret[] {
  if (answers instanceof Secret) return [{ path, secret: answers }];
  if (Array.isArray(answers)) return answers.flatMap((each, index) => secretsIn(each, [...path, index]));
  if (!isObject(answers)) return [];
  return Object.entries(answers).flatMap(([key, value]) => secretsIn(value, [...path, key]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
