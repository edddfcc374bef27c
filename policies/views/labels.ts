import { at, entries, list, text, type Told, UNKNOWN } from "./read.ts";

/** Labels of a Docker object, or annotations of a Kubernetes one, in their order. */
export type Labels = readonly (readonly [name: Told<string>, value: Told<string>])[];

/** The labels of a Docker container, network or volume. */
export function dockerLabels(props: unknown): Labels {
  return list(at(props, "labels")).map((label) => [
    text(at(label, "label")) ?? UNKNOWN,
    text(at(label, "value")) ?? "",
  ]);
}

/**
 * The annotations of a Kubernetes object or pod template. There a prefix ends with a slash: `keelson/root` is what the
 * label `keelson.root` is to Docker, and that name is understood as well.
 */
export function annotations(object: unknown): Labels {
  const found = at(object, "metadata", "annotations");
  if (found === UNKNOWN || at(object, "metadata") === UNKNOWN) return [[UNKNOWN, UNKNOWN]];
  return entries(found).map(([name, value]) => [name.replace(/^keelson\//, "keelson."), text(value) ?? ""]);
}

/**
 * What a label states, such as the reason of an exception; `undefined` where it is absent or empty, since an exception
 * without a reason is none.
 */
export function stated(labels: Labels, name: string): Told<string> | undefined {
  const value = labels.find(([each]) => each === name)?.[1];
  if (value !== undefined) return value === "" ? undefined : value;
  return labels.some(([each]) => each === UNKNOWN) ? UNKNOWN : undefined;
}
