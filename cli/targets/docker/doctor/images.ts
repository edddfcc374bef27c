import { catalogue } from "../../../../components/images.ts";
import { type Check, doubtful, good } from "../../../checks.ts";
import { namesOf } from "../../../images.ts";

/** Images that a stack uses: those on its Docker host, and those that are not. */
export interface UsedImages {
  readonly present: readonly string[];
  readonly missing: readonly string[];
}

/** Where an image comes from, by its reference. */
const ORIGINS = [
  { name: "official", is: (image) => Object.values<string>(catalogue).includes(image) },
  { name: "embedded", is: (image) => image.startsWith("keelson-embedded/") },
  { name: "a stand-in", is: isStandIn },
  { name: "the reference application", is: (image) => image.startsWith("keelson/reference-app:") },
  { name: "the stack's own", is: () => true },
] as const satisfies readonly { readonly name: string; readonly is: (image: string) => boolean }[];

/** Judges the images of a stack. */
export function judgeImages({ present, missing }: UsedImages): Check[] {
  const coming = missing.filter((image) => namesOf([image]).length > 0);
  const unknown = missing.filter((image) => !coming.includes(image));
  const standIns = present.filter(isStandIn);
  return [
    ...(missing.length === 0
      ? [good("stack", "images", `all ${present.length} are there: ${origins(present)}`)]
      : []),
    ...listed(coming, (images) =>
      doubtful(
        "stack",
        "images",
        `not there yet: ${images}`,
        "keelson up gets them, or builds them from packages",
      ),
    ),
    ...listed(unknown, (images) =>
      doubtful(
        "stack",
        "images",
        `not there, and nothing here makes them: ${images}`,
        "see that Docker can pull them (docker login, docker pull), or put them there by docker load",
      ),
    ),
    ...listed(standIns, (images) =>
      doubtful(
        "stack",
        "stand-ins",
        `another program answers in the place of the real one: ${images}`,
        "for real work, have the official images on the host: docker pull, or docker load",
      ),
    ),
  ];
}

function isStandIn(image: string): boolean {
  return image.startsWith("keelson-stand-in/");
}

function listed(images: readonly string[], judge: (images: string) => Check): Check[] {
  return images.length === 0 ? [] : [judge(images.join(", "))];
}

function origins(images: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const image of images) {
    const { name } = ORIGINS.find(({ is }) => is(image))!;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${count} ${name}`).join(", ");
}
