import type { Values } from "../value.ts";
import type { Properties } from "../property.ts";
import { InitializationError, type Context, type Definition, type Resource } from "../resource.ts";
import { check } from "./check.ts";
import { withDefaults } from "./defaults.ts";
import { diff } from "./diff.ts";
import { extractInputs } from "./extract.ts";
import { planOf } from "./plan.ts";
import { semantics as semanticsOf } from "./semantics.ts";
import { bare, known, previewed, stored } from "./state.ts";

/** Makes a resource of a property table and operations: everything that the official bridge derives from a schema is added. */
export function bridged<const Table extends Properties, Configuration = unknown>(
  definition: Definition<Table, Configuration>,
): Resource<Configuration>;
export function bridged(definition: Definition): Resource {
  const { properties } = definition;
  const semantics = semanticsOf[definition.bridge ?? "sdk"];

  return {
    properties,
    ...(definition.timeouts ? { timeouts: definition.timeouts } : {}),
    check: (request) => check(properties, request, semantics, definition.validate),
    diff: (request) => diff(definition, request, semantics),
    previewCreate: ({ inputs }) =>
      previewed(definition, undefined, planOf(definition, undefined, inputs, semantics), semantics),
    previewUpdate: ({ id, inputs, outputs }) =>
      previewed(definition, id, planOf(definition, outputs, inputs, semantics), semantics),

    async create({ inputs }, context) {
      const planned = planOf(definition, undefined, inputs, semantics);
      const { id, outputs } = await keepingPlanned("creating", planned, context, () =>
        definition.create({ inputs: withDefaults(properties, inputs) }, context),
      );
      return { id, outputs: stored(definition, id, outputs, semantics) };
    },

    async read({ id, outputs, inputs }, context) {
      const found = await look(id, outputs && bare(outputs), inputs, context);
      if (!found) return undefined;
      const state = stored(definition, found.id, found.outputs, semantics);
      const oldInputs = outputs === undefined ? undefined : (inputs ?? {});
      return {
        id: found.id,
        outputs: state,
        inputs: extractInputs(properties, oldInputs, bare(state), semantics),
      };
    },

    async update({ id, inputs, oldInputs, outputs }, context) {
      const planned = planOf(definition, outputs, inputs, semantics);
      const request = {
        id,
        inputs: withDefaults(properties, inputs),
        oldInputs: withDefaults(properties, oldInputs),
        outputs: bare(outputs),
      };
      const changed = await keepingPlanned("updating", planned, context, async () =>
        definition.update ? definition.update(request, context) : planned,
      );
      return stored(definition, id, changed, semantics);
    },

    async delete({ id, inputs, outputs }, context) {
      const given = inputs && withDefaults(properties, inputs);
      await definition.delete?.({ id, inputs: given, outputs: bare(outputs) }, context);
    },
  };

  /** A resource that lives in the state only is found as it was last known. */
  async function look(
    id: string,
    outputs: Values | undefined,
    inputs: Values | undefined,
    context: Context,
  ): Promise<{ readonly id: string; readonly outputs: Values } | undefined> {
    const given = inputs && withDefaults(properties, inputs);
    if (definition.read) return definition.read({ id, outputs, inputs: given }, context);
    if (outputs) return { id, outputs };
    throw new Error(`a resource of this type cannot be imported: '${id}'`);
  }

  /** A resource that exists but did not come up is kept as it was planned. */
  async function keepingPlanned<Result>(
    doing: string,
    planned: Values,
    context: Context,
    operation: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await operation();
    } catch (error) {
      if (!(error instanceof InitializationError)) throw error;
      const { id, outputs } = error.state;
      const kept = stored(definition, id, { ...known(planned), ...outputs }, semantics);
      throw new InitializationError(`${doing} ${context.urn}: ${error.message}`, { id, outputs: kept });
    }
  }
}
