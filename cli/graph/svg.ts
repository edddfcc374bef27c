import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { dotOf } from "./dot.ts";
import type { Picture } from "./picture.ts";
import { styleSheet } from "./style.ts";

/** A picture as an SVG that needs nothing else, with its own colours for light and dark pages. */
export async function svgOf(picture: Picture): Promise<string> {
  const graphviz = await Graphviz.load();
  const drawn = graphviz.dot(dotOf(picture));
  // What comes before the root element would not be allowed inside a page.
  const root = drawn.slice(drawn.indexOf("<svg")).replaceAll(/<!--.*?-->\n/gs, "");
  const named = root.replace("<svg ", '<svg role="img" ');
  return named.replace(/>\n/, `>\n<style>\n${styleSheet()}\n</style>\n`);
}
