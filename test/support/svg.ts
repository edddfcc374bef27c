import { DOMParser, type Element } from "@xmldom/xmldom";

/** An arrow as it is drawn. */
export interface DrawnArrow {
  /** What a pointer on it is told. */
  readonly title: string;
  /** The two cards that Graphviz joined, with the sides and ports where it did. */
  readonly ends: string;
}

/** What an SVG of a stack draws. */
export interface Drawing {
  readonly root: Element;
  readonly arrows: readonly DrawnArrow[];
  /** Names of cards. */
  readonly cards: readonly string[];
  readonly groups: readonly string[];
}

/**
 * Reads an SVG as strictly as a browser reads XML.
 *
 * @throws Error when it is not well-formed
 */
export function parseSvg(text: string): Drawing {
  const parser = new DOMParser({
    onError: (level, message) => {
      throw new Error(`${level}: ${message}`);
    },
  });
  const root = parser.parseFromString(text, "image/svg+xml").documentElement!;
  const marked = (mark: string) =>
    [...root.getElementsByTagName("g")].filter((each) =>
      (each.getAttribute("class") ?? "").split(" ").includes(mark),
    );
  const titleOf = (each: Element) => each.getElementsByTagName("title")[0]!.textContent!;
  return {
    root,
    arrows: marked("arrow").map((each) => ({
      title: each.getElementsByTagName("a")[0]!.getAttribute("xlink:title")!,
      ends: titleOf(each),
    })),
    cards: marked("card").map(titleOf),
    groups: marked("group").map((each) => each.getElementsByTagName("text")[0]!.textContent!),
  };
}
