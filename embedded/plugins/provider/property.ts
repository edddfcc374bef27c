import type { Value, Values } from "./value.ts";

/**
 * What kind of value a property takes.
 * - `list` keeps its order; a `set` is compared without regard to order;
 * - `object` is one nested block; lists and sets of objects are `{ list: { object: … } }` and `{ set: { object: … } }`.
 */
export type PropertyType =
  | "string"
  | "integer"
  | "number"
  | "boolean"
  | { readonly list: PropertyType }
  | { readonly set: PropertyType }
  | { readonly map: PropertyType }
  | { readonly object: Properties };

/** One row of a property table. What is left out is `false`. */
export interface Property {
  readonly type: PropertyType;
  /** The program must give it. */
  readonly required?: true;
  /** The provider fills it in where the program gives none; then it is no difference that the program gives none. */
  readonly computed?: true;
  /** The program cannot give it: an output only. Implies `computed`. */
  readonly output?: true;
  /** Filled into the inputs by `check` where the program gives none. */
  readonly default?: Value;
  /** Takes the value of this sibling where the program gives none, before any default. */
  readonly follows?: string;
  /** A change replaces the resource. */
  readonly replaces?: true;
  /** Encrypted in the state and hidden on the screen. */
  readonly secret?: true;
  /** Named after the resource plus a random suffix where the program gives none. */
  readonly autoName?: true;
  /** Names of sibling properties of which at most one may be given. */
  readonly conflictsWith?: readonly string[];
  /** Says what is wrong with a value that `check` must refuse, or nothing. */
  readonly validate?: (value: Value) => string | undefined;
  /** Whether a difference between the stored and the wanted value means nothing. */
  readonly suppress?: (stored: Value | undefined, wanted: Value | undefined) => boolean;
}

export type Properties = Readonly<Record<string, Property>>;

/** The TypeScript type of a property's value; any value where the type may be any, which would otherwise be looked into for ever. */
export type ValueOf<Type extends PropertyType> = PropertyType extends Type
  ? Value
  : Type extends "string"
    ? string
    : Type extends "integer" | "number"
      ? number
      : Type extends "boolean"
        ? boolean
        : Type extends { readonly list: infer Element extends PropertyType }
          ? readonly ValueOf<Element>[]
          : Type extends { readonly set: infer Element extends PropertyType }
            ? readonly ValueOf<Element>[]
            : Type extends { readonly map: infer Element extends PropertyType }
              ? Readonly<Record<string, ValueOf<Element>>>
              : Type extends { readonly object: infer Nested extends Properties }
                ? InputsOf<Nested>
                : never;

type Given = { readonly required: true } | { readonly default: Value } | { readonly autoName: true };

/**
 * The type of the inputs that an operation is handed for a table written `as const satisfies Properties`: required
 * properties and those with a default are there, all others may be missing.
 */
export type InputsOf<Table extends Properties> = string extends keyof Table
  ? Values
  : {
      readonly [
        Name in keyof Table as Table[Name] extends { readonly output: true }
          ? never
          : Table[Name] extends Given
            ? Name
            : never
      ]: ValueOf<Table[Name]["type"]>;
    } & {
      readonly [
        Name in keyof Table as Table[Name] extends { readonly output: true } | Given ? never : Name
      ]?: ValueOf<Table[Name]["type"]>;
    };

/** The type of a resource's outputs: every property, `null` where there is none. */
export type OutputsOf<Table extends Properties> = string extends keyof Table
  ? Values
  : { readonly [Name in keyof Table]?: ValueOf<Table[Name]["type"]> | null };
