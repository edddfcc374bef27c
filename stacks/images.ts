import { type ImageName, images as known, type OwnImageName } from "../components/images.ts";

/** Application images that are not told fall back to this one, unless another is named; both are built from this repository. */
export const REFERENCE_APPLICATION: OwnImageName = "reference-app";

/** Image references by the name of a service or of the catalogue. */
export type Images = Readonly<Record<string, string>>;

/** The images of a stack: those it names itself, else those that every program has. */
export function imagesFor(chosen: Images): Images {
  return { ...known, ...chosen };
}

/**
 * The images of applications, each by its name or the reference application's.
 *
 * @param fallbacks - What stands in for an application where the reference application can't
 */
export function applicationImages<Name extends string>(
  names: readonly Name[],
  images: Images,
  fallbacks?: Readonly<Partial<Record<Name, OwnImageName>>>,
): Record<Name, string> {
  const fallback = (name: Name) => images[fallbacks?.[name] ?? REFERENCE_APPLICATION]!;
  return Object.fromEntries(names.map((name) => [name, images[name] ?? fallback(name)])) as Record<
    Name,
    string
  >;
}

/** Those of the images that a stack names itself, by their names: a service chooses the others. */
export function pickChosen<Name extends ImageName>(
  names: readonly Name[],
  images: Images,
): Partial<Record<Name, string>> {
  return pick(
    names.filter((name) => images[name] !== known[name]),
    images,
  );
}

/** Some of the images, by their names. */
export function pick<Name extends ImageName>(names: readonly Name[], images: Images): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, images[name]!])) as Record<Name, string>;
}
