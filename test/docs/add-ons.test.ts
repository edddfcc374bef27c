import { expect, it } from "vitest";
import { type Chart } from "../../components/clusters/add-ons/chart.ts";
import { CALLED_PORTS, CHARTS } from "../../components/clusters/add-ons/charts.ts";
import { pageOf, rowsOf } from "../support/page-tables.ts";

it("docs/add-ons.md has the charts, their versions and their namespaces as they are installed", () => {
  const expected = Object.entries<Chart>(CHARTS).map(([name, { version, namespace }]) =>
    [name, version, namespace].map((text) => `\`${text}\``),
  );
  const rows = rowsOf("add-ons.md").map((row) => row.slice(2));
  expect(rows.slice(2)).toEqual(expected);
});

it("docs/add-ons.md names the ports that a firewall has to let the API server through to", () => {
  const [line = ""] =
    /^.*`CALLED_PORTS`.*$/m.exec(pageOf("add-ons.md").replaceAll(/(?<!\n)\n(?!\n)/g, " ")) ?? [];
  expect(line.match(/\b\d{4,5}\b/g)).toEqual(CALLED_PORTS.map(String));
});
