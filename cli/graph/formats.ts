import type { Topology } from "../topology/topology.ts";
import { mermaidOf } from "./mermaid.ts";
import { pictureOf } from "./picture.ts";
import { svgOf } from "./svg.ts";

/** A form in which a stack can be drawn. */
export interface Format {
  /** Ends the name of a file of this form. */
  readonly ending: string;
  /** Whether people read it as it is, so that it may go to a terminal. */
  readonly isReadable: boolean;
  readonly draw: (topology: Topology) => string | Promise<string>;
}

/** Every form, by the name that it is asked for. */
export const formats = {
  svg: { ending: "svg", isReadable: false, draw: (topology) => svgOf(pictureOf(topology)) },
  mermaid: { ending: "mmd", isReadable: true, draw: (topology) => mermaidOf(pictureOf(topology)) },
  json: {
    ending: "json",
    isReadable: true,
    draw: (topology) => `${JSON.stringify(topology, undefined, 2)}\n`,
  },
} as const satisfies Readonly<Record<string, Format>>;
