/** What a flowchart of Mermaid draws. */
export interface Flowchart {
  readonly title: string;
  /** Texts of nodes, by their names. */
  readonly nodes: ReadonlyMap<string, string>;
  readonly edges: readonly { readonly from: string; readonly to: string; readonly label: string }[];
  readonly groups: readonly string[];
}

// Quoted text of https://mermaid.js.org/syntax/flowchart.html: characters that mean something stand as entities, lines end with <br/>.
const TEXT = '"((?:[^"<>#&`\\n]|#(?:quot|lt|gt|amp|\\d+);|<br/>)*)"';
const GROUP = new RegExp(`^  subgraph (g\\d+)\\[${TEXT}\\]$`);
const NODE = new RegExp(
  `^    (n\\d+)(?:\\[${TEXT}\\]|\\(\\[${TEXT}\\]\\)|\\[\\[${TEXT}\\]\\]|\\[\\(${TEXT}\\)\\])(:::outside)?$`,
);
const EDGE = new RegExp(`^  (n\\d+) (?:-->|-\\.->)\\|${TEXT}\\| (n\\d+)$`);

/**
 * Reads the part of Mermaid's language that flowcharts of stacks are written in, and nothing else.
 *
 * @throws Error with the first line that is none of it
 */
export function parseFlowchart(text: string): Flowchart {
  const [, title, body] = /^---\ntitle: (".*")\n---\nflowchart LR\n([^]*)\n$/.exec(text) ?? [];
  if (title === undefined || body === undefined)
    throw new Error(`no flowchart begins so: ${text.slice(0, 80)}`);
  const nodes = new Map<string, string>();
  const edges: { from: string; to: string; label: string }[] = [];
  const groups: string[] = [];
  let isInside = false;
  for (const line of body.split("\n")) {
    const group = GROUP.exec(line);
    const node = NODE.exec(line);
    const edge = EDGE.exec(line);
    if (group && !isInside) {
      groups.push(group[2]!);
      isInside = true;
    } else if (line === "  end" && isInside) isInside = false;
    else if (node && isInside) {
      if (nodes.has(node[1]!)) throw new Error(`there are two of ${node[1]}`);
      nodes.set(
        node[1]!,
        node.slice(2, 6).find((each) => each !== undefined)!,
      );
    } else if (edge && !isInside) edges.push({ from: edge[1]!, label: edge[2]!, to: edge[3]! });
    else if (line !== "  classDef outside stroke-dasharray: 5 4") throw new Error(`this is no line: ${line}`);
  }
  const loose = edges.flatMap(({ from, to }) => [from, to]).find((end) => !nodes.has(end));
  if (loose !== undefined) throw new Error(`there is no ${loose}`);
  return { title: JSON.parse(title) as string, nodes, edges, groups };
}
