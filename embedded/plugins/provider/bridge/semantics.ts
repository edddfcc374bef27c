/**
 * The official plugins wrap Terraform providers of two kinds, made with Terraform's SDK (docker) or its newer plugin
 * framework (random, tls). The wrapped provider's kind shows in what checks and differences answer.
 */
export type Bridge = "sdk" | "framework";

export interface Semantics {
  /** `check` converts the inputs to their types, fills defaults in, and lists which ones in `__defaults`. */
  readonly defaultsInInputs: boolean;
  /** A value that is not given equals the zero of its type: "", 0, false, an empty list. */
  readonly absentIsZero: boolean;
  /** Properties without a value are `null` in the state, rather than missing. */
  readonly keepsNulls: boolean;
  /** Differences are also told by path, one entry in `replaces` each; else once per top-level property. */
  readonly details: boolean;
}

export const semantics: Readonly<Record<Bridge, Semantics>> = {
  sdk: { defaultsInInputs: true, absentIsZero: true, keepsNulls: true, details: true },
  framework: { defaultsInInputs: false, absentIsZero: false, keepsNulls: false, details: false },
};
