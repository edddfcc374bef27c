import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { isValues, type Value, type Values } from "../../provider/value.ts";

/** Values with others laid over them, as Helm does it: maps are joined, anything else is replaced. */
export function withOverrides(below: Values, above: Values): Values {
  const joined = Object.entries(above).map(([name, value]): [string, Value] => {
    const under = below[name];
    return [name, isValues(under) && isValues(value) ? withOverrides(under, value) : value];
  });
  return { ...below, ...Object.fromEntries(joined) };
}

/**
 * What is in the files of values that a program names, the later over the earlier.
 *
 * @throws Error if one is on another machine, or holds no map
 */
export function valuesOfFiles(files: Value | undefined): Values {
  if (!Array.isArray(files)) return {};
  return (files as readonly Value[]).reduce<Values>(
    (values, file) => withOverrides(values, valuesOf(textOf(file))),
    {},
  );
}

function valuesOf(text: string): Values {
  const values = (parse(text) ?? {}) as Value;
  if (isValues(values)) return values;
  throw new Error("a file of `valueYamlFiles` holds no map of values");
}

/** The text of an asset, which is given whole or by the path of its file. */
function textOf(asset: Value): string {
  const { text, path, uri } = isValues(asset) ? asset : {};
  if (typeof text === "string") return text;
  if (typeof path === "string") return readFileSync(path, "utf8");
  throw new Error(
    `the embedded kubernetes plugin reads \`valueYamlFiles\` that are texts or files of this machine, not ${typeof uri === "string" ? `"${uri}"` : "others"}`,
  );
}
