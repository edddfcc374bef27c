import type Docker from "dockerode";
import { catalogue } from "../components/images.ts";
import { embeddedReferences, type ImageName, type ObtainedImage } from "../embedded/images/index.ts";

/** The variable by which a program is told what to use for images of the catalogue, as a JSON object. */
export const IMAGES_VARIABLE = "KEELSON_EMBEDDED_IMAGES";

/** Image references by the names of the catalogue. */
export type References = Readonly<Partial<Record<ImageName, string>>>;

/** What is on a Docker host of all that the catalogue names. */
export interface PresentImages {
  /** What the program is to be told: images that are not the catalogue's own. */
  readonly mapping: References;
  /** Names of images that are there in neither form. */
  readonly missing: readonly ImageName[];
}

const official: References = catalogue;

/** The variables that tell a program of image references. */
export function variablesFor(references: References): Readonly<Record<string, string>> {
  return { [IMAGES_VARIABLE]: JSON.stringify(references) };
}

/** Names of all images, those of the catalogue and the reference application's. */
export const imageNames = Object.keys(embeddedReferences()) as readonly ImageName[];

/** Looks which images are on a Docker host, without getting any. */
export async function presentImages(docker: Docker): Promise<PresentImages> {
  const found = await docker.listImages();
  return chooseImages(new Set(found.flatMap(({ RepoTags }) => RepoTags ?? [])));
}

/**
 * Chooses between the official and the embedded form of each image by what is on a host. An image that is there in neither counts as
 * embedded where others are: their registry could not be reached either.
 */
export function chooseImages(present: ReadonlySet<string>): PresentImages {
  const embedded = embeddedReferences();
  const isOfficial = (name: ImageName) => present.has(official[name] ?? "");
  const isEmbedded = (name: ImageName) => !isOfficial(name) && present.has(embedded[name]);
  const anyEmbedded = imageNames.some((name) => name in official && isEmbedded(name));
  const mapped = imageNames.filter(
    (name) => !(name in official) || isEmbedded(name) || (anyEmbedded && !isOfficial(name)),
  );
  return {
    mapping: Object.fromEntries(mapped.map((name) => [name, embedded[name]])),
    missing: imageNames.filter((name) => !isOfficial(name) && !isEmbedded(name)),
  };
}

/** What the program is to be told of images that were obtained. */
export function mappingOf(images: Readonly<Partial<Record<ImageName, ObtainedImage>>>): References {
  const references = Object.entries(images).map(([name, { reference }]) => [name, reference] as const);
  return Object.fromEntries(
    references.filter(([name, reference]) => official[name as ImageName] !== reference),
  );
}

/** Names of the images that these references mean, in either form. */
export function namesOf(references: readonly string[]): ImageName[] {
  const embedded = embeddedReferences();
  return imageNames.filter(
    (name) => references.includes(embedded[name]) || references.includes(official[name] ?? ""),
  );
}
