import { createRequire } from "node:module";
import { type ImageName, images as catalogue } from "../components/images.ts";

const { version } = createRequire(import.meta.url)("keelson/package.json") as { version: string };

/** Application images that are not told fall back to this one; it is built from this repository. */
export const REFERENCE_APPLICATION = "reference-app";

/** Image references by the name of a service or of the catalogue. */
export type Images = Readonly<Record<string, string>>;

/**
 * The images of a stack: those it names itself, else those that `keelson` built where no registry answers, else the
 * catalogue's.
 *
 * @param chosen Images that the stack names
 * @param embedded JSON object of images that were built on this machine
 */
export function imagesFor(chosen: Images, embedded = process.env["KEELSON_EMBEDDED_IMAGES"]): Images {
  const built = JSON.parse(embedded ?? "{}") as Images;
  return { [REFERENCE_APPLICATION]: `keelson/reference-app:${version}`, ...catalogue, ...built, ...chosen };
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
