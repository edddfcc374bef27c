import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  Kind,
  parse,
  type SelectionSetNode,
  valueFromASTUntyped,
} from "graphql";
import { z } from "zod";
import type { ObjectClass, StoredObject } from "./schema.ts";
import type { Store } from "./store.ts";

/** How a class is searched; what is not known is refused, since to pass over it would find other objects. */
const argumentsSchema = z.strictObject({
  nearVector: z
    .strictObject({ vector: z.array(z.number()).min(1), distance: z.number().optional() })
    .optional(),
  limit: z.int().nonnegative().optional(),
  offset: z.int().nonnegative().default(0),
});

/** A query in a request. */
export const requestSchema = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

type Request = z.infer<typeof requestSchema>;
type Row = Readonly<Record<string, unknown>>;

/** An object, and how far it is where that was asked. */
interface Found {
  readonly object: StoredObject;
  readonly distance?: number;
}

/** Answers a query: `Get` of classes, by nearness to a vector or by id. */
export function answerQuery(request: Request, store: Store, limit: number) {
  try {
    const get = fieldsOf(operationOf(parse(request.query))).flatMap((field) => {
      if (field.name.value !== "Get") throw unknown(field, "of the stand-in for Weaviate");
      return fieldsOf(field.selectionSet).map((wanted) => [
        nameOf(wanted),
        rowsOf(wanted, request, store, limit),
      ]);
    });
    return { data: { Get: Object.fromEntries(get) as Readonly<Record<string, readonly Row[]>> } };
  } catch (error) {
    const { message } = error as Error;
    const shown = error instanceof z.ZodError ? z.prettifyError(error) : message;
    return { data: { Get: null }, errors: [{ message: shown }] };
  }
}

function operationOf({ definitions }: DocumentNode): SelectionSetNode | undefined {
  const operation = definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  return operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet : undefined;
}

function rowsOf(field: FieldNode, { variables }: Request, store: Store, most: number): readonly Row[] {
  const definition = store.findClass(field.name.value);
  if (!definition) throw unknown(field, "on type GetObjectsObj");
  const values = (field.arguments ?? []).map(({ name, value }) => [
    name.value,
    valueFromASTUntyped(value, variables as Parameters<typeof valueFromASTUntyped>[1]),
  ]);
  const { nearVector, limit = most, offset } = argumentsSchema.parse(Object.fromEntries(values));
  const found: readonly Found[] = nearVector
    ? store
        .search(definition.class, Float32Array.from(nearVector.vector))
        .filter(({ distance }) => distance <= (nearVector.distance ?? Infinity))
    : store.objects(definition.class).map((object) => ({ object }));
  return found.slice(offset, offset + limit).map((one) => rowOf(field.selectionSet, definition, one));
}

function rowOf(selections: SelectionSetNode | undefined, definition: ObjectClass, found: Found): Row {
  const cells = fieldsOf(selections).map((field) => {
    const { value } = field.name;
    if (value === "_additional") return [nameOf(field), additionalOf(field, definition, found)];
    if (!definition.properties.some(({ name }) => name === value))
      throw unknown(field, `on type ${definition.class}`);
    return [nameOf(field), found.object.properties[value] ?? null];
  });
  return Object.fromEntries(cells);
}

function additionalOf(field: FieldNode, definition: ObjectClass, { object, distance }: Found): Row {
  // Only of a cosine can it be said how certain it is.
  const certain = distance !== undefined && definition.vectorIndexConfig.distance === "cosine";
  const known: Row = {
    id: object.id,
    vector: [...(object.vector ?? [])],
    distance: distance ?? null,
    certainty: certain ? 1 - distance / 2 : null,
    creationTimeUnix: `${object.creationTimeUnix}`,
    lastUpdateTimeUnix: `${object.lastUpdateTimeUnix}`,
  };
  const cells = fieldsOf(field.selectionSet).map((wanted) => {
    if (!(wanted.name.value in known)) throw unknown(wanted, `on type ${definition.class}AdditionalProps`);
    return [nameOf(wanted), known[wanted.name.value]];
  });
  return Object.fromEntries(cells);
}

function fieldsOf(set: SelectionSetNode | undefined): readonly FieldNode[] {
  return (set?.selections ?? []).map((selection) => {
    if (selection.kind === Kind.FIELD) return selection;
    throw new GraphQLError("the stand-in for Weaviate knows no fragments");
  });
}

const nameOf = ({ alias, name }: FieldNode) => (alias ?? name).value;

function unknown({ name }: FieldNode, where: string): GraphQLError {
  return new GraphQLError(`Cannot query field "${name.value}" ${where}.`);
}
