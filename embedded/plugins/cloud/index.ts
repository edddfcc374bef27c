/**
 * Resources of an imagined cloud, which checks and remembers and makes nothing. One is written as its property table (as for
 * `bridged`, which adds defaults, checks, differences and previews from it), what it refers to, and what it answers:
 *
 * ```ts
 * export const subnet = imagined({
 *   type: "subnets",
 *   properties: subnetProperties,
 *   references: [{ at: "vpcId", to: "vpcs" }],
 *   judge: (inputs, { configuration }) => problemOfRange(inputs, configuration.store),
 *   idOf: (_, { seed }) => `subnet-0${hexDigits(seed, 16)}`,
 *   outputsOf: (inputs, { id, configuration }) => ({ arn: configuration.arn("ec2", `subnet/${id}`) }),
 * });
 * ```
 *
 * Outputs are the inputs with their defaults, and over them what `outputsOf` answers. They are kept in the store (store.ts) without secrets, where
 * the next run and `refresh` find them, and other resources that refer to them. What is to happen beside that, as nodes that appear in the
 * local cluster, is done by `made`, and undone by `removed`. A plugin's `configure` answers a `CloudConfiguration` (cloud.ts) and what the
 * cloud adds to it.
 */
import { bridged } from "../provider/bridge/bridged.ts";
import type { InputsOf, OutputsOf, Properties } from "../provider/property.ts";
import { InitializationError, type Context, type Definition, type Resource } from "../provider/resource.ts";
import type { Values } from "../provider/value.ts";
import { announcement, type CloudConfiguration } from "./cloud.ts";
import { seedOf } from "./ids.ts";
import { resolve, type Reference } from "./references.ts";
import type { Use } from "./store.ts";
import { knowing } from "./unknown-inputs.ts";

type Awaitable<Result> = Result | Promise<Result>;

/** What a resource is described by. */
export interface Imagined<
  Table extends Properties = Properties,
  Configuration extends CloudConfiguration = CloudConfiguration,
  Type extends string = string,
> extends Pick<
  Definition,
  "validate" | "amendPlan" | "bridge" | "deleteBeforeReplace" | "schemaVersion" | "timeouts"
> {
  readonly properties: Table;
  /** Its folder in the store, and what other resources' references call it: `subnets`. */
  readonly type: Type;
  readonly references?: readonly Reference[];
  /** Says what is wrong with the inputs in view of what else exists, or nothing; the references were found. `id` is none before it is made. */
  judge?(
    inputs: InputsOf<NoInfer<Table>>,
    context: Context<Configuration> & { readonly id: string | undefined },
  ): string | undefined;
  /** Its id: by its name, or made of `seed`. Asked with another seed if one of that id exists; where that gives the same id, the cloud refuses. */
  idOf(inputs: InputsOf<NoInfer<Table>>, context: Context<Configuration> & { readonly seed: string }): string;
  /** What the cloud adds to the inputs. `known` is what was answered before an update, and by a refresh. */
  outputsOf?(
    inputs: InputsOf<NoInfer<Table>>,
    context: Context<Configuration> & {
      readonly id: string;
      readonly known: OutputsOf<NoInfer<Table>> | undefined;
    },
  ): Awaitable<OutputsOf<NoInfer<Table>>>;
  /** What follows once it is in the store, after a change as well. Whatever it throws leaves the resource in the state, half made. */
  made?(
    outputs: OutputsOf<NoInfer<Table>>,
    context: Context<Configuration> & { readonly id: string },
  ): Awaitable<void>;
  /** What a refresh finds: the outputs as they are now, or nothing if it is gone outside the store, which then forgets it. */
  observe?(
    outputs: OutputsOf<NoInfer<Table>>,
    context: Context<Configuration> & { readonly id: string },
  ): Awaitable<OutputsOf<NoInfer<Table>> | undefined>;
  /** Why it may not be deleted, e.g. for its protection from deletion. */
  protected?(
    outputs: OutputsOf<NoInfer<Table>>,
    context: Context<Configuration> & { readonly id: string },
  ): string | undefined;
  /** What has to go with it; what is gone already is no error. */
  removed?(
    outputs: OutputsOf<NoInfer<Table>>,
    context: Context<Configuration> & { readonly id: string },
  ): Awaitable<void>;
  /** Whether its making tells the user that nothing is made. For what stands for all the rest: a network, a cluster. */
  readonly announces?: true;
}

/** Makes a resource of an imagined cloud. */
export function imagined<
  const Table extends Properties,
  Configuration extends CloudConfiguration = CloudConfiguration,
>(definition: Imagined<Table, Configuration>): Resource<Configuration>;
export function imagined(definition: Imagined): Resource<CloudConfiguration> {
  const { type, properties } = definition;

  /** @throws Error in the cloud's words for all that cannot be */
  function judged(inputs: Values, context: Context<CloudConfiguration>, id?: string): readonly Use[] {
    const { cloud, store } = context.configuration;
    const { uses, missing } = resolve(definition.references ?? [], inputs, store);
    if (missing.length > 0) throw new Error(missing.map(cloud.refusals.notFound).join("\n"));
    const problem = definition.judge?.(inputs, { ...context, id });
    if (problem !== undefined) throw new Error(problem);
    return uses;
  }

  /** @throws Error in the cloud's words if there is one of that name */
  function newId(inputs: Values, context: Context<CloudConfiguration>): string {
    const { cloud, store } = context.configuration;
    for (let attempt = 0, before: string | undefined; ; attempt += 1) {
      const seed = seedOf(context.urn, inputs, attempt);
      const id = definition.idOf(inputs, { ...context, seed });
      if (!store.get(type, id)) return id;
      if (id === before)
        throw new Error(
          `${cloud.refusals.exists(type, id)} (keelson's embedded stand-in for ${cloud.title} keeps it in ${store.fileOf(type, id)})`,
        );
      before = id;
    }
  }

  async function keep(
    outputs: Values,
    uses: readonly Use[],
    context: Context<CloudConfiguration> & { readonly id: string },
  ): Promise<void> {
    const { id, urn, configuration } = context;
    configuration.store.put({ type, id, urn, outputs: withoutSecrets(properties, outputs), uses });
    try {
      await definition.made?.(outputs, context);
    } catch (error) {
      throw new InitializationError(error instanceof Error ? error.message : String(error), { id, outputs });
    }
  }

  return knowing({
    ...bridged<Properties, CloudConfiguration>({
      ...definition,

      async create({ inputs }, context) {
        const uses = judged(inputs, context);
        const id = newId(inputs, context);
        if (definition.announces) context.log("info", announcement(context.configuration.cloud));
        const added = await definition.outputsOf?.(inputs, { ...context, id, known: undefined });
        const outputs = { ...inputs, ...added };
        await keep(outputs, uses, { ...context, id });
        return { id, outputs };
      },

      async read({ id, outputs: last }, context) {
        const stored = context.configuration.store.get(type, id);
        if (!stored) return undefined;
        const outputs = { ...secretsOf(properties, last ?? {}), ...stored.outputs };
        const found = definition.observe ? await definition.observe(outputs, { ...context, id }) : outputs;
        if (found) return { id, outputs: found };
        context.configuration.store.remove(type, id);
        return undefined;
      },

      async update({ id, inputs, outputs: known }, context) {
        const { cloud, store } = context.configuration;
        if (!store.get(type, id)) {
          const reference = { at: "id", to: type };
          const problem = cloud.refusals.notFound({ reference, value: id, present: store.all(type) });
          throw new Error(`${problem}; it was deleted by somebody else: refresh the stack`);
        }
        const uses = judged(inputs, context, id);
        const added = await definition.outputsOf?.(inputs, { ...context, id, known });
        const outputs = { ...outputsOnly(properties, known), ...inputs, ...added };
        await keep(outputs, uses, { ...context, id });
        return outputs;
      },

      async delete({ id, outputs }, context) {
        const { cloud, store } = context.configuration;
        const stored = store.get(type, id);
        if (!stored) return;
        const reason = definition.protected?.({ ...outputs, ...stored.outputs }, { ...context, id });
        if (reason !== undefined) throw new Error(reason);
        const users = store.usersOf(type, id);
        if (users.length > 0) throw new Error(cloud.refusals.inUse(type, id, users));
        await definition.removed?.(outputs, { ...context, id });
        store.remove(type, id);
      },
    }),
  });
}

/** What the cloud alone decides, which an update leaves as it is unless `outputsOf` says otherwise. */
function outputsOnly(properties: Properties, outputs: Values): Values {
  const isOwn = (name: string): boolean =>
    properties[name]?.output === true || properties[name]?.computed === true;
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => isOwn(name)));
}

function secretsOf(properties: Properties, outputs: Values): Values {
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => properties[name]?.secret));
}

function withoutSecrets(properties: Properties, outputs: Values): Values {
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => !properties[name]?.secret));
}
