/**
 * What the author of a plugin writes. A plugin is a `Provider`: its name and version, its resources and functions by token.
 * `serve(provider)` (server.ts) puts it behind gRPC, so authors see plain JSON only: secrets are unwrapped before and wrapped
 * after an operation, operations that touch the world never get an unknown value and are never called in a preview.
 *
 * A resource whose official plugin is bridged from Terraform is written as a property table and four operations, and
 * `bridged(definition)` (bridge/bridged.ts) adds defaults, checks, differences and previews, all from the table:
 *
 * ```ts
 * export const volume = bridged({
 *   properties: volumeProperties,
 *   async create({ inputs }, { configuration: docker }) {
 *     await docker.createVolume({ Name: inputs.name });
 *     return { id: inputs.name, outputs: await outputsOf(docker, inputs.name) };
 *   },
 *   async read({ id }, { configuration: docker }) {
 *     const outputs = await outputsOf(docker, id);
 *     return outputs && { id, outputs };
 *   },
 *   async delete({ id }, { configuration: docker }) { await docker.getVolume(id).remove(); },
 * });
 * ```
 */
import type { Values } from "./value.ts";
import type { Checked, CheckRequest, Difference, DiffRequest, Failure } from "./questions.ts";
import type { Bridge } from "./bridge/semantics.ts";
import type { InputsOf, OutputsOf, Properties } from "./property.ts";

/** What every operation is told besides its request. */
export interface Context<Configuration = unknown> {
  /** The resource's URN; for a function its token. */
  readonly urn: string;
  /** What the provider's `configure` returned. */
  readonly configuration: Configuration;
  /** Aborted when the user cancels, or the operation's time-out runs out (`customTimeouts`, else the definition's). */
  readonly signal: AbortSignal;
  /** `customTimeouts` of the program, for a resource that `keepsTime` itself. */
  readonly timeoutSeconds?: number;
  /** Shows a line to the user, beside the resource. `status` lines are replaced by the next and are not kept. */
  readonly log: (
    severity: "debug" | "info" | "warning" | "error",
    message: string,
    options?: { status?: boolean },
  ) => void;
}

/** A resource that exists. */
export interface State<Outputs = Values> {
  /** Identifies the resource at its provider; never empty. */
  readonly id: string;
  /** All its properties as they are now, inputs included; `null` for those that are not set. `id` is added by the framework. */
  readonly outputs: Outputs;
}

/**
 * The operations that touch the world. An error thrown fails the operation with its message; `InitializationError` also keeps
 * the half-made resource in the state. Inputs come with every default filled in.
 */
export interface Operations<Inputs = Values, Outputs = Values, Configuration = unknown> {
  /** Makes the resource and waits until it is usable. */
  create(request: { readonly inputs: Inputs }, context: Context<Configuration>): Promise<State<Outputs>>;

  /**
   * Looks the resource up: for a refresh `outputs` is its last known state, for an import `undefined`. Answers `undefined` if it
   * no longer exists. Without a `read`, a refresh keeps the last known state and an import is refused.
   */
  read?(
    request: {
      readonly id: string;
      readonly outputs: Outputs | undefined;
      readonly inputs: Inputs | undefined;
    },
    context: Context<Configuration>,
  ): Promise<State<Outputs> | undefined>;

  /**
   * Changes the resource in place and answers its new outputs. Left out where a change in place changes nothing but the state.
   */
  update?(
    request: {
      readonly id: string;
      readonly inputs: Inputs;
      readonly oldInputs: Inputs;
      readonly outputs: Outputs;
    },
    context: Context<Configuration>,
  ): Promise<Outputs>;

  /** Removes the resource; one that is gone already is no error. Left out where there is nothing to remove. */
  delete?(
    request: { readonly id: string; readonly inputs: Inputs | undefined; readonly outputs: Outputs },
    context: Context<Configuration>,
  ): Promise<void>;
}

/** How long an operation may take where the program says nothing, in seconds. */
export interface Timeouts {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
}

/** A resource described by its property table; see the top of this file. */
export interface Definition<
  Table extends Properties = Properties,
  Configuration = unknown,
> extends Operations<InputsOf<Table>, OutputsOf<Table>, Configuration> {
  readonly properties: Table;
  /** Says what is wrong with the inputs together, or nothing; each by itself has been looked at, and may be `unknown`. */
  readonly validate?: (inputs: Values) => string | undefined;
  /** Changes what an update is planned to lead to where more decides than inputs, e.g. the time. */
  readonly amendPlan?: (planned: Values, stored: Values | undefined) => Values;
  /** What kind of Terraform provider the official plugin wraps. Default `sdk`. */
  readonly bridge?: Bridge;
  /** Whether a replacement deletes the old resource first in any case. Default: only if the program chose its name. */
  readonly deleteBeforeReplace?: true;
  /** The version of the official plugin's state format for this resource: states stay readable by it. Default 0. */
  readonly schemaVersion?: number;
  /** Default: no limit. */
  readonly timeouts?: Timeouts;
}

/**
 * Thrown when the resource exists but did not come up: the operation fails, and the state keeps the resource, so that the next
 * update replaces or mends it and nothing is left behind. A `create` throws it for every failure after the resource was made.
 * `outputs` may be left empty: the state then holds what was planned, without what would have been computed, as the official
 * plugins leave it. What is given is added to that.
 */
export class InitializationError extends Error {
  override readonly name = "InitializationError";
  readonly state: State & { readonly inputs?: Values };
  readonly reasons: readonly string[];

  /**
   * @param state `inputs` as a refresh finds them
   * @param reasons shown besides the message
   */
  constructor(message: string, state: State & { readonly inputs?: Values }, reasons: readonly string[] = []) {
    super(message);
    this.state = state;
    this.reasons = reasons;
  }
}

/** A resource as the server sees it. `bridged(definition)` makes one; a plugin with rules of its own may write all of it. */
export interface Resource<Configuration = unknown> {
  /** Describes the resource to `pulumi import` and `pulumi package`; left out if it has no fixed properties. */
  readonly properties?: Properties;
  readonly timeouts?: Timeouts;
  /** Ends its operations in time by itself, to say more of what it waited for; the signal then tells of cancellation only. */
  readonly keepsTime?: true;
  check(request: CheckRequest, context: Context<Configuration>): Promise<Checked> | Checked;
  diff(request: DiffRequest, context: Context<Configuration>): Promise<Difference> | Difference;
  /** What `create` will answer, as far as it is known before. */
  previewCreate(
    request: { readonly inputs: Values },
    context: Context<Configuration>,
  ): Promise<Values> | Values;
  previewUpdate(
    request: {
      readonly id: string;
      readonly inputs: Values;
      readonly oldInputs: Values;
      readonly outputs: Values;
      readonly ignoreChanges?: readonly string[];
    },
    context: Context<Configuration>,
  ): Promise<Values> | Values;
  create(request: { readonly inputs: Values }, context: Context<Configuration>): Promise<State>;
  read(
    request: {
      readonly id: string;
      readonly outputs: Values | undefined;
      readonly inputs: Values | undefined;
    },
    context: Context<Configuration>,
  ): Promise<(State & { readonly inputs: Values }) | undefined>;
  update(
    request: {
      readonly id: string;
      readonly inputs: Values;
      readonly oldInputs: Values;
      readonly outputs: Values;
      readonly ignoreChanges?: readonly string[];
    },
    context: Context<Configuration>,
  ): Promise<Values>;
  delete(
    request: { readonly id: string; readonly inputs: Values | undefined; readonly outputs: Values },
    context: Context<Configuration>,
  ): Promise<void>;
}

/** A function of a plugin (`docker.getLogs`): reads something and changes nothing. */
export interface ProviderFunction<Configuration = unknown> {
  /** Its arguments: required ones are checked and defaults filled in before `call`. */
  readonly inputs: Properties;
  /** What it returns, for the schema; secret results are wrapped. */
  readonly outputs: Properties;
  call(args: Values, context: Context<Configuration>): Promise<Values>;
}

/** A whole plugin. */
export interface Provider<Configuration = unknown> {
  /** Pulumi's name for it: `docker`. */
  readonly name: string;
  /** The version that the npm SDK of the same name asks for. */
  readonly version: string;
  /** What the provider resource itself takes (`host`, `registryAuth`); `check` of the configuration is made from it. */
  readonly settings?: Properties;
  /** Resources by token: `docker:index/volume:Volume`. */
  readonly resources: Readonly<Record<string, Resource<Configuration>>>;
  /** The resource for any other token, where types are not known beforehand; nothing if it has none. */
  readonly otherResource?: (token: string) => Resource<Configuration> | undefined;
  /**
   * Operations of resources are handed secrets as `secret` (wire.ts) marks them, and mark those in what they answer, as values decide what is
   * secret rather than tables.
   */
  readonly marksSecrets?: true;
  /** Says what is wrong with the settings, besides what their table says. */
  readonly checkSettings?: (urn: string, settings: Values) => readonly Failure[];
  /** How a change of the settings is made; without it none replaces anything. */
  readonly diffSettings?: (old: Values, settings: Values) => Difference;
  /** Functions by token: `docker:index/getLogs:getLogs`. */
  readonly functions?: Readonly<Record<string, ProviderFunction<Configuration>>>;
  /** Turns the settings into what the operations work with, e.g. a client; called once, before any operation. */
  configure(settings: Values): Promise<Configuration> | Configuration;
}

/** Type-checks a function's `call` against its tables. */
export function providerFunction<
  const Inputs extends Properties,
  const Outputs extends Properties,
  Configuration,
>(definition: FunctionDefinition<Inputs, Outputs, Configuration>): ProviderFunction<Configuration>;
export function providerFunction(definition: ProviderFunction): ProviderFunction {
  return definition;
}

interface FunctionDefinition<Inputs extends Properties, Outputs extends Properties, Configuration> {
  readonly inputs: Inputs;
  readonly outputs: Outputs;
  call(args: InputsOf<Inputs>, context: Context<Configuration>): Promise<OutputsOf<Outputs>>;
}
