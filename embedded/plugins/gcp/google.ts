/**
 * How a resource of the imagined Google Cloud is written: as `imagined` (../cloud/index.ts) has it, without what is the same
 * for all. `google` adds that its API must be switched on, its project and place, its labels, and its deletion policy.
 *
 * ```ts
 * export const router = google({
 *   type: "routers",
 *   api: "compute.googleapis.com",
 *   properties: routerProperties,
 *   references: [{ at: "network", to: "networks", by: "name", names: nameIn }],
 *   pathOf: ({ name }, { project, region }) => `projects/${project}/regions/${region}/routers/${name}`,
 *   outputsOf: (_, { id }) => ({ selfLink: computeLink(id) }),
 * });
 * ```
 */
import { imagined, type Imagined } from "../cloud/index.ts";
import type { InputsOf, Properties } from "../provider/property.ts";
import type { Context, Resource } from "../provider/resource.ts";
import { isUnknown, type Values } from "../provider/value.ts";
import { problemOfApi } from "./apis.ts";
import type { GoogleConfiguration } from "./configuration.ts";
import { labelOutputs, withLabels } from "./labels.ts";
import { Place } from "./place.ts";

type Awaitable<Result> = Result | Promise<Result>;
type About = Context<GoogleConfiguration> & { readonly id: string };

/** What a resource of Google Cloud is described by; what is not said here is as in `Imagined`. */
export interface GoogleResource<Table extends Properties = Properties> extends Pick<
  Imagined<Table, GoogleConfiguration>,
  "type" | "properties" | "references" | "announces" | "judge" | "schemaVersion"
> {
  /** The API that it is made with. */
  readonly api: string;
  /** Its id: a path below the API's address, of its name, or of `seed` where the cloud gives it one. */
  readonly pathOf: (inputs: InputsOf<Table>, place: Place, seed: string) => string;
  outputsOf?(inputs: InputsOf<Table>, context: About): Awaitable<Values>;
  made?(outputs: Values, context: About): Awaitable<void>;
  protected?(outputs: Values, context: About): string | undefined;
  removed?(outputs: Values, context: About): Awaitable<void>;
  /** Whether the cloud takes making what is there already for no error. */
  readonly additive?: true;
  /** Whether the cloud keeps it when the stack deletes it. */
  readonly remains?: (outputs: Values) => boolean;
}

/** Makes a resource of the imagined Google Cloud. */
export function google<const Table extends Properties>(
  definition: GoogleResource<Table>,
): Resource<GoogleConfiguration>;
export function google(definition: GoogleResource): Resource<GoogleConfiguration> {
  const { properties, type, api, pathOf, additive, remains, ...own } = definition;
  const resource = imagined<Properties, GoogleConfiguration>({
    ...own,
    type,
    properties,
    validate: (inputs) => problemOfMadeUpName(properties, inputs),
    judge: (inputs, context) => {
      const { configuration } = context;
      const { project } = new Place(inputs, configuration);
      return problemOfApi(api, project, configuration.store) ?? own.judge?.(inputs, context);
    },
    idOf: (inputs, { configuration, seed }) => pathOf(inputs, new Place(inputs, configuration), seed),
    outputsOf: async (inputs, context) => ({
      ...commonOutputs(properties, inputs, context),
      ...(await own.outputsOf?.(inputs, context)),
    }),
    protected: (outputs, context) =>
      outputs["deletionPolicy"] === "PREVENT"
        ? `cannot destroy '${context.id}': its deletionPolicy is "PREVENT": set it to "DELETE" and run \`pulumi up\` first`
        : own.protected?.(outputs, context),
  });
  return {
    ...resource,
    async create({ inputs }, context) {
      const { store } = context.configuration;
      const present =
        additive && store.get(type, pathOf(inputs, new Place(inputs, context.configuration), ""));
      if (!present) return resource.create({ inputs }, context);
      const { id, outputs } = present;
      return { id, outputs: await resource.update({ id, inputs, oldInputs: inputs, outputs }, context) };
    },
    async diff(request, context) {
      const difference = await resource.diff(request, context);
      return hasLabels(properties) ? withLabels(difference, request, context) : difference;
    },
    async delete(request, context) {
      const { outputs } = request;
      if (outputs["deletionPolicy"] === "ABANDON" || remains?.(outputs)) return;
      await resource.delete(request, context);
    },
  };
}

function hasLabels(properties: Properties): boolean {
  return "effectiveLabels" in properties;
}

/** Names that the program gives are judged as they are given; those that are made up may get too long. */
function problemOfMadeUpName(properties: Properties, inputs: Values): string | undefined {
  for (const [name, { autoName, validate }] of Object.entries(properties)) {
    const value = inputs[name];
    if (!autoName || value === undefined || isUnknown(value)) continue;
    const problem = validate?.(value);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function commonOutputs(
  properties: Properties,
  inputs: Values,
  { configuration }: Context<GoogleConfiguration>,
): Values {
  const place = new Place(inputs, configuration);
  return {
    ...("project" in properties ? { project: place.project } : {}),
    ...("region" in properties ? { region: place.region } : {}),
    ...("deletionPolicy" in properties ? { deletionPolicy: inputs["deletionPolicy"] ?? "DELETE" } : {}),
    ...(hasLabels(properties) ? labelOutputs(place) : {}),
  };
}
