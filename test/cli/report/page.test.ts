import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { good, bad } from "../../../cli/checks.ts";
import { page } from "../../../cli/report/page.ts";
import { STANDARD_DASHBOARDS } from "../../../components/monitoring/standard-dashboards.ts";
import { Reference } from "../../../components/model/reference.ts";
import { parseReport } from "../../support/report-page.ts";
import { first, shop, workload } from "./facts.ts";

const { tables, sections, elements } = parseReport(page(first));

describe("the page of a stack", () => {
  it("has services with image, copies, ports, probes and what they wait for", () => {
    expect(tables["What is kept running"]).toEqual([
      ["Service", "image", "copies", "ports", "probes", "starts after"],
      ["db", "example.com/db:1.0", "1", "5432 sql, tcp", "–", "–"],
      [
        ...["web", "example.com/web:1.0", "2 to 4, by cpu, memory", "8000 http"],
        "ready: GET :8000/ready, every 10 s\nalive: connects to :8000, every 30 s\nhas 90 s to start",
        "migrations",
      ],
    ]);
  });

  it("has jobs, and when they run", () => {
    const [, ...rows] = tables["What runs to its end; once means: again when it has changed or failed"]!;
    expect(rows.map(([name, , runs]) => [name, runs])).toEqual([
      ["migrations", "once"],
      ["clean-up", "every monday at 03:30 UTC"],
    ]);
  });

  it("has what is promised, what may be and what is left of the machines", () => {
    expect(tables["All of it together"]).toEqual([
      ["Resource", "promised", "may be promised", "left", "machines have"],
      ["processors", "2.5 cores", "3.4 cores", "0.9 cores", "4 cores"],
      ["memory", "2.5 GiB", "13.6 GiB", "11.1 GiB", "16 GiB"],
      ["storage", "20 GiB", "425 GiB", "405 GiB", "500 GiB"],
    ]);
    expect(tables["What each is promised, all its copies together"]).toEqual([
      [
        ...["For", "cores promised", "cores at most"],
        ...["memory promised, GiB", "memory at most, GiB", "storage, GiB"],
      ],
      ["db", "0.5", "2", "0.5", "1", "20"],
      ["web", "2", "8", "2", "4", "–"],
    ]);
    expect(sections["sizes"]).toContain("1 machine with 4 cores, 16 GiB of memory, 500 GiB of storage");
  });

  it("has a bar for each resource: its parts are as wide as what they are promised, its line is at 85 %", () => {
    const memory = elements.filter((each) => each.getAttribute("class") === "track")[1]!;
    expect([...memory.childNodes].map((part) => (part as typeof memory).getAttribute("style"))).toEqual([
      ...["width:12.500%", "width:3.125%"],
      "left:85.000%",
    ]);
    expect(sections["sizes"]).toContain("memory 2.5 of 16 GiB promised, 11.1 left up to 85 %");
  });

  it("has volumes: own ones, shared ones with who writes, and those that somebody else fills", () => {
    expect(tables["Folders that outlive what uses them"]).toEqual([
      ["Volume", "GiB", "used by", "at"],
      ["db/data", "20", "db", "/var/lib/data"],
      ["files", "5", "web, which writes", "/srv/files"],
      ["documents", "somebody else's", "web, which only reads", "–"],
    ]);
  });

  it("has secrets by name with who reads them", () => {
    expect(tables["Secret variables and files, and who reads them"]).toEqual([
      ["Secret", "read by"],
      ["DATABASE_URL", "migrations, web"],
      ["KEY", "web"],
      ["admin", "db"],
    ]);
    expect(tables["Kept by the target for those who run the platform"]).toEqual([
      ["Kept secret", "values"],
      ["web-login", "username, password"],
    ]);
  });

  it("has references and public paths", () => {
    expect(tables["Who may open which port of whom"]).toEqual([
      ["Reference", "port", "what for"],
      ["web → db:5432", "5432 sql, tcp", "uses it"],
      ["web → api.example.com:443", "443 http", "uses it, outside the platform"],
    ]);
    expect(tables["What is reached from outside"]).toEqual([
      ["Public path", "leads to", "the service sees"],
      ["shop.example.com/api", "web, 8000 http", "the path without /api"],
    ]);
  });

  it("leads to each of its sections", () => {
    const leads = elements.flatMap((each) => each.getAttribute("href")?.match(/^#(.+)/)?.[1] ?? []);
    expect(leads.filter((id) => id !== "main")).toEqual(Object.keys(sections));
  });
});

describe("observability", () => {
  it("says how it is turned on where it is off", () => {
    expect(sections["observability"]).toContain("keelson:observability: true");
  });

  it("has what is read, alerts with what they say, and dashboards with their panels", () => {
    const host = Reference.plain("web");
    const alert = {
      expr: "up == 0",
      forSeconds: 60,
      severity: "critical",
      summary: "the shop is shut",
    } as const;
    const watched = [{ name: "web", host, port: 8000, path: "/metrics", alerts: { ShopShut: alert } }];
    const { tables: observed } = parseReport(page({ ...first, stack: { ...shop, watched } }));
    expect(observed["Whose metrics Prometheus reads, every copy by itself"]?.slice(1)).toEqual([
      ["web", ":8000/metrics", "15 s"],
    ]);
    const alerts = observed["Alerts, as Prometheus fills them in"];
    expect(alerts).toContainEqual(["ShopShut", "critical", "the shop is shut", "web"]);
    expect(alerts?.map(([name]) => name)).toEqual(expect.arrayContaining(["Down", "MemoryNearlyFull"]));
    const titles = observed["Dashboards of Grafana"]?.slice(1).map(([title]) => title);
    expect(titles).toEqual(STANDARD_DASHBOARDS.map(({ title }) => title));
  });
});

describe("policies", () => {
  it("has each finding with its level and what to do, and how much was looked at", () => {
    const finding = {
      policy: "pinned-images",
      resource: "db",
      message: 'container "db" runs "postgres:latest"',
    };
    const judged = parseReport(page({ ...first, judgement: { resources: 12, findings: [finding] } }));
    expect(judged.tables["What the policies found"]?.slice(1)).toEqual([
      ["pinned-images: db", "mandatory", "high", finding.message, expect.stringContaining("version")],
    ]);
    expect(judged.sections["policies"]).toMatch(/\d+ policies looked at 12 resources/);
    expect(sections["policies"]).toContain("Nothing found: ");
  });

  it("says plainly that nothing is known where nothing could be asked, and what to do", () => {
    const judgement = { why: "nothing answers at /var/run/docker.sock", remedy: "start Docker" };
    const { sections: unknown } = parseReport(page({ ...first, judgement }));
    expect(unknown["policies"]).toMatch(/Not known.*nothing answers.*What to do: start Docker/s);
    expect(unknown["policies"]).not.toContain("Nothing found");
  });
});

it("the state has every check, and what is not well with what to do", () => {
  const state = [
    good("service", "web", "answers 200"),
    bad("container", "db", "exited", "see why: docker logs db"),
  ];
  const { tables: checked, sections: shown } = parseReport(page({ ...first, state }));
  expect(checked["As verify found it"]?.slice(1)).toEqual([
    ["service", "web", "well", "answers 200", "–"],
    ["container", "db", "not well", "exited", "see why: docker logs db"],
  ]);
  expect(shown["state"]).toContain("1 not well, of 1 service, 1 container.");
});

it("no name, image or finding becomes markup, whatever signs it has", () => {
  const signs = ["<b>", "</script>", "<!--", "-->", "&amp;", "&", '"', "'", "]]>", "x", "ü"];
  const text = fc.array(fc.constantFrom(...signs), { minLength: 1 }).map((parts) => `a${parts.join("")}`);
  fc.assert(
    fc.property(text, text, text, (name, image, message) => {
      // HTML takes this sign between quotes, XML does not.
      const quoted = name.replaceAll("<", "(");
      const promised = { [quoted]: { cpus: 1, memoryGiB: 1, storageGiB: 0, gpus: 0 } };
      const workloads = [workload(name, { image, secrets: [message] })];
      const stack = { ...shop, stack: name, workloads, capacity: { ...shop.capacity, promised } };
      const findings = [{ policy: "pinned-images", resource: name, message }];
      const read = parseReport(page({ ...first, stack, judgement: { resources: 1, findings } }));
      expect(read.tables["What is kept running"]?.[1]?.slice(0, 2)).toEqual([name, image]);
      expect(read.tables["Secret variables and files, and who reads them"]?.[1]).toEqual([message, name]);
      expect(read.tables["What the policies found"]?.[1]?.[3]).toBe(message);
      const bars = read.elements.filter((each) => each.getAttribute("title")?.endsWith("cores"));
      expect(bars.map((each) => each.getAttribute("title"))).toEqual([`${quoted}: 1 cores`]);
    }),
  );
});
