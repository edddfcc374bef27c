/** Paths as programs write them for `ignoreChanges`: `spec.replicas`, `metadata.annotations["a.b/c"]`, `spec.containers[*].image`. */

type Step = string | number;

export function parsePath(text: string): readonly Step[] {
  const steps: Step[] = [];
  const pattern = /\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+)/g;
  for (const [, quoted, index, name] of text.matchAll(pattern)) {
    if (quoted !== undefined) steps.push(quoted.replaceAll(/\\(.)/g, "$1"));
    else if (index !== undefined) steps.push(index === "*" ? "*" : Number(index));
    else if (name !== undefined) steps.push(name);
  }
  if (steps.length === 0) throw new Error(`failed to parse ignore path "${text}"`);
  return steps;
}

/** Whether the path, or one that it is in, is to be ignored. */
export function isIgnored(path: readonly Step[], ignored: readonly (readonly Step[])[]): boolean {
  return ignored.some(
    (each) => each.length <= path.length && each.every((step, index) => step === "*" || step === path[index]),
  );
}
