import type { Manifest } from "./manifest.ts";

/** Label that Kubernetes itself puts on a namespace, with its name. */
const NAME_LABEL = "kubernetes.io/metadata.name";

/** Gives a namespace another name wherever an object has it: where it lies, in selectors, and inside of texts. */
export function renamed(manifest: Manifest, from: string, to: string): Manifest {
  const inside = within(manifest, from, to) as Manifest;
  const isItself = manifest.kind === "Namespace" && manifest.metadata.name === from;
  return isItself ? { ...inside, metadata: { ...inside.metadata, name: to } } : inside;
}

function within(value: unknown, from: string, to: string): unknown {
  if (typeof value === "string") return inText(value, from, to);
  if (Array.isArray(value)) return value.map((each) => within(each, from, to));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      if ((key === "namespace" || key === NAME_LABEL) && each === from) return [key, to];
      return [key, key === "data" ? data(each, from, to) : within(each, from, to)];
    }),
  );
}

/**
 * Texts that have a namespace inside: host names, as `postgres.platform.svc`, and Traefik's names of objects of other kinds,
 * as `platform-strip@kubernetescrd` (https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/ingress/).
 */
function inText(text: string, from: string, to: string): string {
  return text
    .replaceAll(`.${from}.svc`, `.${to}.svc`)
    .replaceAll(/[a-z0-9-]+@kubernetescrd/g, (name) =>
      name.startsWith(`${from}-`) ? `${to}-${name.slice(from.length + 1)}` : name,
    );
}

/** The data of a Secret is encoded, that of a ConfigMap is not: what is no text of the one stays as it is. */
function data(value: unknown, from: string, to: string): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      typeof each === "string" ? (encoded(each, from, to) ?? inText(each, from, to)) : each,
    ]),
  );
}

function encoded(text: string, from: string, to: string): string | undefined {
  const plain = Buffer.from(text, "base64");
  const isEncoded = text !== "" && plain.toString("base64") === text;
  if (!isEncoded) return undefined;
  const changed = inText(plain.toString("utf8"), from, to);
  return changed === plain.toString("utf8") ? text : Buffer.from(changed).toString("base64");
}
