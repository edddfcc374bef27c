import { z } from "zod";
import type { PointId, Payload } from "./point.ts";
import { pointId } from "./point.ts";

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const list = z.array(scalar);
const match = z.union([
  z.strictObject({ value: scalar }),
  z.strictObject({ any: list }),
  z.strictObject({ except: list }),
]);
const range = z.strictObject({
  gt: z.number().nullish(),
  gte: z.number().nullish(),
  lt: z.number().nullish(),
  lte: z.number().nullish(),
});

/** What a point has to satisfy. Conditions that are not known here are refused, since to pass over one would find other points. */
export interface Filter {
  readonly must?: Conditions | undefined;
  readonly should?: Conditions | undefined;
  readonly must_not?: Conditions | undefined;
}

type Conditions = Condition | readonly Condition[] | null;

type Condition =
  | { readonly key: string; readonly match: z.infer<typeof match> }
  | { readonly key: string; readonly range: z.infer<typeof range> }
  | { readonly has_id: readonly PointId[] }
  | { readonly is_empty: { readonly key: string } }
  | { readonly is_null: { readonly key: string } }
  | Filter;

const field = z.strictObject({ key: z.string() });

/** A filter in a request. */
export const filterSchema: z.ZodType<Filter> = z.lazy(() =>
  z.strictObject({
    must: conditions.optional(),
    should: conditions.optional(),
    must_not: conditions.optional(),
  }),
);

const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ key: z.string(), match }),
    z.strictObject({ key: z.string(), range }),
    z.strictObject({ has_id: z.array(pointId) }),
    z.strictObject({ is_empty: field }),
    z.strictObject({ is_null: field }),
    filterSchema,
  ]),
);

const conditions = z.union([condition, z.array(condition), z.null()]);

/** Whether a point satisfies a filter; all do where there is none. */
export function satisfies(filter: Filter | null | undefined, id: PointId, payload: Payload): boolean {
  if (!filter) return true;
  const holds = (wanted: Condition) => conditionHolds(wanted, id, payload);
  const should = listOf(filter.should);
  return (
    listOf(filter.must).every(holds) &&
    (should.length === 0 || should.some(holds)) &&
    !listOf(filter.must_not).some(holds)
  );
}

function conditionHolds(wanted: Condition, id: PointId, payload: Payload): boolean {
  if ("match" in wanted) return valuesAt(payload, wanted.key).some((value) => matches(wanted.match, value));
  if ("range" in wanted) return valuesAt(payload, wanted.key).some((value) => lies(wanted.range, value));
  if ("has_id" in wanted) return wanted.has_id.includes(id);
  if ("is_empty" in wanted) return valuesAt(payload, wanted.is_empty.key).every((value) => value === null);
  if ("is_null" in wanted) return valuesAt(payload, wanted.is_null.key).includes(null);
  return satisfies(wanted, id, payload);
}

function matches(wanted: z.infer<typeof match>, value: unknown): boolean {
  if ("value" in wanted) return wanted.value === value;
  const is = (candidate: unknown) => candidate === value;
  return "any" in wanted ? wanted.any.some(is) : !wanted.except.some(is);
}

function lies({ gt, gte, lt, lte }: z.infer<typeof range>, value: unknown): boolean {
  if (typeof value !== "number") return false;
  return (
    value > (gt ?? -Infinity) &&
    value >= (gte ?? -Infinity) &&
    value < (lt ?? Infinity) &&
    value <= (lte ?? Infinity)
  );
}

/** What lies at a path such as `author.names[]`; the elements of an array one by one. */
function valuesAt(payload: Payload, key: string): readonly unknown[] {
  const step = (value: unknown, name: string): unknown =>
    typeof value === "object" && value !== null ? (value as Payload)[name] : undefined;
  return key
    .replaceAll("[]", "")
    .split(".")
    .reduce<readonly unknown[]>((values, name) => values.flatMap((value) => step(value, name)), [payload])
    .filter((value) => value !== undefined);
}

function listOf(given: Conditions | undefined): readonly Condition[] {
  if (!given) return [];
  return isList(given) ? given : [given];
}

function isList(given: Condition | readonly Condition[]): given is readonly Condition[] {
  return Array.isArray(given);
}
