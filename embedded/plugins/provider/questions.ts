/** What the engine asks of a resource before it changes anything, and how a resource answers. */
import type { Values } from "./value.ts";

/** Something wrong with an input, shown beside the resource. `property` is empty if it is about none in particular. */
export interface Failure {
  readonly property: string;
  readonly reason: string;
}

export interface Checked {
  readonly inputs: Values;
  readonly failures: readonly Failure[];
}

/** One place where a resource differs from what the program wants, by path: `labels[0].value`. */
export interface PropertyDifference {
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
  /** Whether the two inputs differ, rather than the wanted input and the stored output. */
  readonly inputs: boolean;
}

export interface Difference {
  readonly changed: boolean;
  /** Top-level properties that differ. */
  readonly differs: readonly string[];
  /** Paths of properties whose difference replaces the resource; none: the change is made in place. */
  readonly replaces: readonly string[];
  /** Whether a replacement must delete the old resource first, as two cannot exist side by side. */
  readonly deleteBeforeReplace: boolean;
  /** Top-level properties that no update in place changes. */
  readonly stables: readonly string[];
  readonly details?: Readonly<Record<string, PropertyDifference>>;
}

export interface CheckRequest {
  readonly urn: string;
  /** The inputs of the last update, empty on the first. */
  readonly oldInputs: Values;
  readonly inputs: Values;
  /** The same for every check of the same step: names derived from it do not change in between. */
  readonly randomSeed: Uint8Array;
  /** What the stack's `pulumi:autonaming` settings say of the names that are made up. */
  readonly autonaming?: { readonly mode: "propose" | "enforce" | "disable"; readonly proposedName: string };
}

export interface DiffRequest {
  readonly urn: string;
  readonly id: string;
  readonly oldInputs: Values;
  readonly outputs: Values;
  readonly inputs: Values;
  /** Paths whose difference is to be ignored. */
  readonly ignoreChanges: readonly string[];
}
