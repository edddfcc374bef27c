/** A resource as a program without any components would declare it. */
export interface PlainResource {
  readonly type: string;
  readonly name: string;
  /** Secrets among them are marked as the engine marks them. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Names of the resources that it waits for. */
  readonly dependsOn: readonly string[];
  /** Name of the provider, where it is not the default one. */
  readonly provider?: string;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
}

/** What marks a secret among inputs, in states as in calls. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** The text of a secret, as states and calls have it; `undefined` for any other value. */
export function secretIn(value: object): unknown {
  if (!(SIGNATURE in value)) return undefined;
  if ("plaintext" in value) return JSON.parse(String(value.plaintext));
  return "value" in value ? value.value : undefined;
}
