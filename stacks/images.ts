import { type ImageName, images as known } from "../components/images.ts";

/** Application images that are not told fall back to this one; it is built from this repository. */
export const REFERENCE_APPLICATION = "reference-app";

/** Image references by the name of a service or of the catalogue. */
export type Images = Readonly<Record<string, string>>;

/** The images of a stack: those it names itself, else those that every program has. */
export function imagesFor(chosen: Images): Images {
  return { ...known, ...chosen };
}

/** The images of applications, each by its name or the reference application's. */
export function applicationImages<Name extends string>(
  names: readonly Name[],
  images: Images,
): Record<Name, string> {
  return Object.fromEntries(
    names.map((name) => [name, images[name] ?? images[REFERENCE_APPLICATION]!]),
  ) as Record<Name, string>;
}

/** Some of the images, by their names. */
export function pick<Name extends ImageName>(names: readonly Name[], images: Images): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, images[name]!])) as Record<Name, string>;
}
