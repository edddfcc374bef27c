import type Docker from "dockerode";
import { embeddedReferences, obtainImages } from "../../../embedded/images/index.ts";
import type { Engine } from "../../engine.ts";
import { mappingOf, namesOf, presentImages, variablesFor } from "../../images.ts";
import { Mendable } from "../../mendable.ts";
import { plannedResources, recordedResources } from "../../resources.ts";
import type { Report } from "../../session.ts";
import { connectDocker } from "../docker/connect.ts";
import type { ReadyImages, Variables } from "../target.ts";
import { type OnCluster, onCluster } from "./objects.ts";
import { podSpecs } from "./pod-specs.ts";

/** The images of stacks on some cluster. */
export interface ClusterImages {
  /** What the program is told of images that are there in place of others. */
  readonly environment: Variables;
  obtain(engine: Engine, report: Report): Promise<ReadyImages>;
}

/** Puts images, by reference, from a Docker engine onto the nodes of a cluster. */
export type Loader = (references: readonly string[], report: Report) => Promise<void>;

/** Images of keelson's own cluster: obtained by Docker, as for a Docker host, then loaded into its node. */
export async function loadedImages(load: Loader): Promise<ClusterImages> {
  const docker = await connectDocker(undefined).catch((error: unknown) => ({ error }));
  const environment = "error" in docker ? {} : variablesFor((await presentImages(docker)).mapping);
  return {
    environment,
    async obtain(engine, report) {
      // Only who brings a stack up needs Docker.
      if ("error" in docker) throw docker.error;
      return obtainAndLoad(docker, load, engine, report);
    },
  };
}

async function obtainAndLoad(
  docker: Docker,
  load: Loader,
  engine: Engine,
  report: Report,
): Promise<ReadyImages> {
  const wanted = await wantedImages(engine);
  const images = await obtainImages(namesOf(wanted), { docker, report });
  const obtained = Object.values(images).map(({ reference }) => reference);
  // Images of the stack's own are not the catalogue's, and may have been built here too.
  const there = new Set((await docker.listImages()).flatMap(({ RepoTags }) => RepoTags ?? []));
  await load([...new Set([...obtained, ...wanted.filter((image) => there.has(image))])], report);
  return { images, environment: variablesFor(mappingOf(images)) };
}

async function wantedImages(engine: Engine): Promise<readonly string[]> {
  try {
    return imagesIn(onCluster(await plannedResources(engine)));
  } catch (error) {
    // The program fails: whoever runs it next shows why.
    if (error instanceof Mendable) return [];
    throw error;
  }
}

/** Images of any other cluster: its nodes pull them from registries. What is in none is told. */
export const pulledImages: ClusterImages = {
  environment: {},
  async obtain(engine, report) {
    const here = imagesIn(onCluster(await recordedResources(engine)));
    const wanted = here.length > 0 ? here : await wantedImages(engine);
    const own = ownImages(wanted);
    if (own.length > 0) report(`note: ${ABSENT}: ${own.join(", ")}; ${HOW_TO_BRING}`);
    return { images: {}, environment: {} };
  },
};

/** What is said of images that no registry has. */
export const ABSENT = "in no public registry";
/** How images come to a cluster that have no registry. */
export const HOW_TO_BRING =
  "push them to a registry that the cluster reaches and name them in keelson:images, or load them into its nodes (kind load docker-image, k3s ctr images import)";

/** Those of some images that keelson makes itself. */
export function ownImages(references: readonly string[]): string[] {
  const repositories = new Set(Object.values(embeddedReferences()).map(repositoryOf));
  return references.filter((reference) => repositories.has(repositoryOf(reference)));
}

/** References of the images of a stack's pods, each once. */
export function imagesIn({ objects }: OnCluster): string[] {
  const pods = objects.flatMap(podSpecs);
  const containers = pods.flatMap((pod) => [...pod.initContainers, ...pod.containers]);
  return [...new Set(containers.flatMap(({ image }) => image ?? []))];
}

function repositoryOf(reference: string): string {
  return reference.replace(/[:@][^/]*$/, "");
}
