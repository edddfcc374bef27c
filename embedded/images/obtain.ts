import { keelsonHome } from "../parts/home.ts";
import { buildEmbedded, officialReference } from "./build.ts";
import type { Workshop } from "./engine.ts";
import { interruptible } from "./interruptible.ts";
import { embeddedReference, type RecipeName, recipes } from "./recipes.ts";
import { isPresent } from "./present.ts";
import { isOwn, ownImages } from "./own-images.ts";
import { buildOwn, ownReference } from "./own-image.ts";
import { openRegistry, type Registry } from "./registry.ts";
import type { ImageName, ImagesOptions, ObtainedImage } from "./types.ts";

/**
 * Sees to it that images are present on a Docker host: those that are there already are used, else the official ones are
 * pulled; where no registry can be reached, embedded ones are built from packages. The reference application and worker are
 * built on whichever image of their base was had.
 *
 * @returns What each name stands for now
 * @throws Error when a registry refuses an image, when an image can't be built, or when it was interrupted
 */
export async function obtainImages<Name extends ImageName>(
  names: readonly Name[],
  options: ImagesOptions,
): Promise<Record<Name, ObtainedImage>>;
export async function obtainImages(
  names: readonly ImageName[],
  { docker, report, home = keelsonHome(), signal: outer }: ImagesOptions,
): Promise<Partial<Record<ImageName, ObtainedImage>>> {
  return interruptible(outer, async (signal) => {
    const workshop = { docker, report, signal };
    const withRecipe = names.map((name): RecipeName => (isOwn(name) ? ownImages[name].base : name));
    const obtained = await obtainEach(withRecipe, home, workshop);
    const results: Partial<Record<ImageName, ObtainedImage>> = {};
    for (const name of names) {
      results[name] = isOwn(name)
        ? await buildOwn(ownImages[name], obtained(ownImages[name].base), workshop)
        : obtained(name);
    }
    return results;
  });
}

async function obtainEach(names: readonly RecipeName[], home: string, workshop: Workshop) {
  const registry = await openRegistry(home, workshop);
  const obtained = new Map<RecipeName, ObtainedImage>();
  for (const name of names) obtained.set(name, await official(name, registry, workshop));
  const embedded = [...obtained.keys()].filter((name) => obtained.get(name)?.kind === "embedded");
  await buildEmbedded(embedded, home, workshop);
  return (name: RecipeName) => obtained.get(name)!;
}

/** The official image; where no registry can be reached, what is to be built in its place. */
async function official(name: RecipeName, registry: Registry, { docker }: Workshop): Promise<ObtainedImage> {
  const reference = officialReference(name);
  if (await isPresent(docker, reference))
    return { reference, kind: "official", why: "is on the Docker host" };
  const outage = await registry.pull(reference);
  if (outage === undefined) return { reference, kind: "official", why: "pulled" };
  const how = recipes[name].isStandIn ? "another program that stands in" : "stands in";
  return {
    reference: embeddedReference(name),
    kind: "embedded",
    why: `${how} for ${reference}: no registry can be reached (${outage})`,
  };
}

/** The references that images have when they are embedded, without a look at whether they are there. */
export function embeddedReferences(): Record<ImageName, string> {
  return {
    busybox: embeddedReference("busybox"),
    caddy: embeddedReference("caddy"),
    postgres: embeddedReference("postgres"),
    redis: embeddedReference("redis"),
    chroma: embeddedReference("chroma"),
    curl: embeddedReference("curl"),
    ollama: embeddedReference("ollama"),
    flower: embeddedReference("flower"),
    qdrant: embeddedReference("qdrant"),
    weaviate: embeddedReference("weaviate"),
    elasticsearch: embeddedReference("elasticsearch"),
    mongodb: embeddedReference("mongodb"),
    kafka: embeddedReference("kafka"),
    neo4j: embeddedReference("neo4j"),
    jaeger: embeddedReference("jaeger"),
    "otel-collector": embeddedReference("otel-collector"),
    prometheus: embeddedReference("prometheus"),
    grafana: embeddedReference("grafana"),
    "node-exporter": embeddedReference("node-exporter"),
    "postgres-exporter": embeddedReference("postgres-exporter"),
    "redis-exporter": embeddedReference("redis-exporter"),
    "mongodb-exporter": embeddedReference("mongodb-exporter"),
    "reference-app": ownReference(ownImages["reference-app"]),
    "reference-worker": ownReference(ownImages["reference-worker"]),
  };
}
