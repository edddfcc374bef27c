import { stringify } from "yaml";
import type { Registration } from "./engine.ts";

/** Resources as a golden file shows them: one after the other with its inputs, policies and other JSON unfolded, to be read by eye. */
export function rendered(all: readonly Registration[]): string {
  const shown = all.map(({ type, name, inputs, protect, retainOnDelete }) => {
    const marks = [...(protect ? ["protected"] : []), ...(retainOnDelete ? ["retained"] : [])];
    const title = [type, name, ...marks.map((mark) => `(${mark})`)].join(" ");
    return Object.keys(inputs).length === 0
      ? `${title}\n`
      : `${title}\n${indented(stringify(unfolded(inputs), FORMAT))}`;
  });
  return shown.join("\n");
}

const FORMAT = { lineWidth: 0, aliasDuplicateObjects: false, sortMapEntries: true };

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}

function unfolded(value: unknown): unknown {
  if (typeof value === "string") return /^[[{]/.test(value) ? JSON.parse(value) : value;
  if (Array.isArray(value)) return value.map(unfolded);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unfolded(inner)]));
}
