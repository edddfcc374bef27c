import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { formats } from "../../cli/graph/formats.ts";
import { parseSvg } from "../support/svg.ts";
import { topologyFor } from "../support/topologies.ts";

it("docs/graph.svg shows acceleration-docker as it is; keelson graph acceleration-docker --out docs/graph.svg draws it anew", async () => {
  const shown = parseSvg(readFileSync(new URL("../../docs/graph.svg", import.meta.url), "utf8"));
  const drawn = parseSvg(await formats.svg.draw(await topologyFor("acceleration-docker")));
  const said = ({ arrows }: typeof drawn) => arrows.map(({ title }) => title);
  expect(said(shown)).toEqual(said(drawn));
  expect(shown.groups).toEqual(drawn.groups);
});
