import { isValues, type Value, type Values } from "../value.ts";

/** Where a value is inside a resource's properties: names and indices, outermost first. */
export type Path = readonly (string | number)[];

/** Writes a path as Pulumi does: `labels[0].value`, `tmpfs["/scratch"]`. */
export function formatPath(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step === "number") return `[${step}]`;
      if (!/^[A-Za-z_$][\w$]*$/.test(step)) return `[${JSON.stringify(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join("");
}

/** Reads a path that a program writes; `*` stands for every element. */
export function parsePath(text: string): Path {
  return [...text.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, name]) => {
      if (quoted !== undefined) return quoted.replaceAll(/\\(.)/g, "$1");
      if (index !== undefined) return index === "*" ? index : Number(index);
      return name ?? "";
    },
  );
}

/** The properties with what is at the path taken from another version of them. */
export function withValueFrom(values: Values, source: Values, path: Path): Values {
  const result = taken(values, source, path);
  return isValues(result) ? result : values;
}

function taken(value: Value | undefined, source: Value | undefined, path: Path): Value | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return source;
  if (Array.isArray(value)) {
    const elements: readonly Value[] = value;
    const sources: readonly Value[] = Array.isArray(source) ? source : [];
    return elements.map((each, index) =>
      step === index || step === "*" ? (taken(each, sources[index], rest) ?? each) : each,
    );
  }
  if (!isValues(value) || (source !== undefined && !isValues(source))) return value;
  const names = step === "*" ? Object.keys(value) : [String(step)];
  return names.reduce((result: Values, name) => {
    const replaced = taken(result[name], source?.[name], rest);
    const { [name]: _, ...others } = result;
    return replaced === undefined ? others : { ...others, [name]: replaced };
  }, value);
}
