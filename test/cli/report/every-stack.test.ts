import { describe, expect, it } from "vitest";
import { formats } from "../../../cli/graph/formats.ts";
import { page } from "../../../cli/report/page.ts";
import { topologyOf } from "../../../cli/topology/topology-of.ts";
import { openStack } from "../../../cli/stack.ts";
import { parseReport } from "../../support/report-page.ts";
import { stackNames } from "../../support/stack-file.ts";
import { first } from "./facts.ts";

describe.each(stackNames())("the report of %s", async (name) => {
  const stack = await topologyOf(await openStack(name));
  const text = page({ ...first, stack, picture: await formats.svg.draw(stack) });
  const { tables, elements } = parseReport(text);
  const names = (caption: string) => (tables[caption] ?? []).slice(1).map(([cell = ""]) => cell);

  it("has every workload, reference, public path and volume", () => {
    const runs = names("What is kept running");
    const ends = names("What runs to its end; once means: again when it has changed or failed");
    expect([...runs, ...ends].toSorted()).toEqual(stack.workloads.map((each) => each.name).toSorted());
    expect(names("Who may open which port of whom")).toEqual(
      stack.references.map(({ from, to, port }) => `${from} → ${to}:${port.number}`),
    );
    expect(names("What is reached from outside")).toHaveLength(stack.exposures.length);
    const volumes = names("Folders that outlive what uses them");
    for (const workload of stack.workloads)
      for (const volume of workload.volumes) expect(volumes).toContain(`${workload.name}/${volume.name}`);
  });

  it("has the probes of every service that it runs itself", () => {
    const [head = [], ...rows] = tables["What is kept running"]!;
    const probes = head.indexOf("probes");
    const services = stack.workloads.filter(({ kind }) => kind === "service").map((each) => each.name);
    for (const service of services)
      expect(rows.find(([cell]) => cell === service)?.[probes]).toMatch(/^ready.*\n.*has \d+ s to start$/s);
  });

  it("has metrics, alerts and dashboards exactly where it is observed", () => {
    const observed = stack.workloads.some(({ group }) => group === "observability");
    expect(names("Alerts, as Prometheus fills them in").length > 0).toBe(observed);
    expect(names("Dashboards of Grafana").length > 0).toBe(observed);
    expect(names("Whose metrics Prometheus reads, every copy by itself").length > 0).toBe(observed);
  });

  it("has what it costs exactly where a cloud makes its cluster", () => {
    const isCloud = ["eks", "gke", "aks"].includes(stack.target);
    expect(names("What the cloud charges, by its lists").length > 0).toBe(isCloud);
  });

  it("[G3] names every secret, and holds the value of none", () => {
    const secrets = new Set(stack.workloads.flatMap((each) => each.secrets));
    expect(names("Secret variables and files, and who reads them")).toEqual([...secrets].toSorted());
    // What stands for values while only the program runs.
    const values = ["Encrypted-In-The-Stack-File", "generated", "PRIVATE KEY"];
    expect(values.filter((value) => text.includes(value))).toEqual([]);
  });

  it("loads nothing from anywhere: it has no script, frame, image or address but its own parts and the stack's", () => {
    const kinds = new Set(elements.map(({ nodeName }) => nodeName));
    for (const kind of ["link", "img", "iframe", "object", "embed", "image", "use"])
      expect(kinds).not.toContain(kind);
    const scripts = elements.filter(({ nodeName }) => nodeName === "script");
    expect(scripts.map((each) => each.getAttribute("type"))).toEqual(["application/json"]);
    const addresses = elements.flatMap((each) =>
      ["src", "href", "xlink:href", "data", "action"].flatMap((key) => each.getAttribute(key) ?? []),
    );
    expect(addresses.filter((address) => !address.startsWith("#"))).toEqual([stack.url]);
    const styles = elements.filter(({ nodeName }) => nodeName === "style").map((each) => each.textContent);
    expect(styles.join("\n")).not.toMatch(/url\(|@import/);
    const policy = elements.find((each) => each.getAttribute("http-equiv") === "Content-Security-Policy");
    expect(policy?.getAttribute("content")).toContain("default-src 'none'; style-src 'unsafe-inline'");
  });

  it("gives each part an id of its own", () => {
    const ids = elements.flatMap((each) => each.getAttribute("id") ?? []);
    expect(ids).toEqual([...new Set(ids)]);
  });
});
