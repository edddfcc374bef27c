import { z } from "zod";
import { images as defaultImages } from "../components/images.ts";
import { type Environment, environments } from "../components/platforms/environment.ts";
import type { Target } from "../components/model/target.ts";
import { OBSERVABILITY_IMAGES, type ObservabilityArgs } from "../components/platforms/observability-args.ts";
import type { Neighbours } from "../components/targets/docker/neighbours.ts";
import { type Images, imagesFor, pick } from "./images.ts";
import { observability } from "./observability-settings.ts";
import { exact, type PlatformEntry, type PlatformName, platforms } from "./platforms.ts";
import { type Given, oneOf, parse, structured } from "./settings.ts";
import { defined, type TargetEntry, targetSettings } from "./target-entry.ts";
import { type TargetName, targets } from "./targets.ts";

const names = <Name extends string>(table: Readonly<Record<Name, unknown>>) =>
  Object.keys(table) as [Name, ...Name[]];

const imageReference = z.string({ error: 'an image reference, as in "example/web:1.2"' }).min(1).optional();

/** All settings of a stack with this platform on this target, by name. */
export function shapeOf(platform: PlatformName, target: TargetName) {
  const { settings, applications, external, folders } = platforms[platform];
  const imageNames = [...applications, ...Object.keys(defaultImages)];
  return {
    ...unused(platforms, `the stack's platform is "${platform}"`),
    ...unused(targets, `the stack's target is "${target}"`),
    platform: oneOf<PlatformName>(names(platforms)),
    target: oneOf<TargetName>(names(targets)),
    host: z
      .string()
      .regex(/^[a-z0-9.-]+$/i, { error: 'a host name, as in "ai.example.com"' })
      .default("localhost")
      .describe("host name that browsers use"),
    environment: oneOf<Environment>(names(environments))
      .default("production")
      .describe("environment; it sets log level, worker counts and debug flags"),
    images: structured(z.strictObject(Object.fromEntries(imageNames.map((name) => [name, imageReference]))))
      .prefault({})
      .describe("images of your own, in the place of the usual ones"),
    external: structured(z.strictObject(external))
      .prefault({})
      .describe("servers that somebody else runs, in the place of its own"),
    observability,
    [target]: structured(
      z.strictObject(targetSettings(targets[target] as TargetEntry<z.ZodRawShape>, folders)),
    ).prefault({}),
    [platform]: structured(z.strictObject(settings)).prefault({}),
  };
}

/**
 * What other stacks are promised already where a stack runs, as {@link deploy} takes it.
 *
 * @throws MistakenSettings with everything that is wrong with the settings
 */
export async function neighboursOf(given: Given): Promise<Neighbours> {
  const { platform, target, settings } = judged(given);
  const { neighbours } = targets[target] as TargetEntry<z.ZodRawShape>;
  return (await neighbours?.(platform, settings[target] ?? {})) ?? {};
}

/**
 * Brings a stack up from its settings. What only its own target needs is loaded here: the SDKs of clouds are large, and need
 * not be installed where no stack is on theirs.
 *
 * @param neighbours What other stacks are promised already where it runs
 * @param through What the platform is given in the place of the target, for who wants to see what is asked of it
 * @throws MistakenSettings with everything that is wrong with them, before anything is made
 */
export async function deploy(
  given: Given,
  neighbours: Neighbours = {},
  through = (target: Target) => target,
) {
  const { platform, target, settings } = judged(given);
  const { host, environment } = settings;
  const images = imagesFor(defined(settings.images));
  const { make } = targets[target] as TargetEntry<z.ZodRawShape>;
  const place = await make(platform, settings[target] ?? {}, images, neighbours);
  const {
    url,
    health,
    logins = {},
  } = (platforms[platform] as PlatformEntry<z.ZodRawShape, z.ZodRawShape>).make(
    { target: through(place.target), host, environment, images, observability: observed(settings, images) },
    settings[platform] ?? {},
    settings.external,
  );
  const { name, cluster } = place;
  return { stack: name, url, health, logins, ...(cluster && { cluster }) };
}

/** What a platform is told of how it is observed: images are the stack's as well. */
function observed(
  { observability: chosen }: { readonly observability?: z.output<typeof observability> },
  images: Images,
): boolean | ObservabilityArgs {
  return chosen !== undefined && { ...exact(chosen), images: pick(OBSERVABILITY_IMAGES, images) };
}

function judged(given: Given) {
  const platform = known(platforms, given.values["keelson:platform"]);
  const target = known(targets, given.values["keelson:target"]);
  return { platform, target, settings: parse(shapeOf(platform, target), given) };
}

/** The settings of all entries of a table, as not to be given. */
function unused<Name extends string>(table: Readonly<Record<Name, unknown>>, reason: string) {
  const nothing = structured(
    z.strictObject({}, { error: `nothing may stand here, because ${reason}` }),
  ).optional();
  return Object.fromEntries(names(table).map((name) => [name, nothing])) as Record<Name, typeof nothing>;
}

/** A name that is in a table; for any other the first, so that the remaining settings can be judged as well. */
function known<Name extends string>(table: Readonly<Record<Name, unknown>>, name: string | undefined): Name {
  const [first] = names(table);
  return name !== undefined && Object.hasOwn(table, name) ? (name as Name) : first;
}
