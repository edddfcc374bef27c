import { beforeAll, describe, expect, it } from "vitest";
import { ELITEDESK, PROMISED_SHARE } from "../../components/model/capacity.ts";
import type { Resources } from "../../components/model/workload.ts";
import { Skills } from "../../components/platforms/skills.ts";
import { fields, VECTOR_FIELD } from "../../components/platforms/skills-index.ts";
import { BACKEND_SCALING, commands } from "../../components/platforms/skills-services.ts";
import { skillsSettings } from "../../stacks/skills-settings.ts";
import { deploy } from "../support/engine.ts";
import { pageOf, rowsOf } from "../support/page-tables.ts";
import { RecordingTarget } from "../support/recording-target.ts";

const page = pageOf("skills.md");
const rows = rowsOf("skills.md");

const target = new RecordingTarget();
beforeAll(async () => {
  const images = { backend: "backend:1", dashboard: "dashboard:1" };
  await deploy(() => void new Skills("skills", { target, host: "localhost", images }));
});

const NOTHING: Resources = { cpuRequest: 0, cpuLimit: 0, memoryRequestMiB: 0, memoryLimitMiB: 0 };

describe("docs/skills.md", () => {
  it("[G8] states the budget of every service, and what they come to", () => {
    const expected = Object.entries(target.plan).map(([name, { storageGiB = 0 }]) => {
      const { ports = {}, resources = NOTHING } = target.workloads[name] ?? {};
      const [port] = Object.values(ports);
      return [
        `\`${name}\``,
        port ? `${port.number}` : "–",
        `${resources.cpuRequest}–${resources.cpuLimit}`,
        `${resources.memoryRequestMiB}–${resources.memoryLimitMiB}`,
        `${storageGiB}`,
      ];
    });
    expect(rows.map((row) => row.slice(0, 5))).toEqual(expect.arrayContaining(expected));
    const budget = rows.filter(([, , cores = ""]) => /^[\d.]+–[\d.]+$/.test(cores));
    const sum = (column: number) => budget.reduce((total, row) => total + Number.parseFloat(row[column]!), 0);
    const [cores, memoryGiB, diskGiB] = [sum(2), sum(3) / 1024, sum(4)];
    expect(page).toContain(
      `promised ${cores.toFixed(2)} cores, ${memoryGiB.toFixed(1)} GiB of memory and ${diskGiB} GiB of disk`,
    );
    expect(cores).toBeLessThanOrEqual(ELITEDESK.cpus * PROMISED_SHARE);
    expect(memoryGiB).toBeLessThanOrEqual(ELITEDESK.memoryGiB * PROMISED_SHARE);
    expect(diskGiB).toBeLessThanOrEqual(ELITEDESK.storageGiB * PROMISED_SHARE);
  });

  it("[G8] states what everything asks for at its most copies, with three of Elasticsearch", () => {
    const most = (of: (demand: (typeof target.plan)[string]) => number) =>
      Object.entries(target.plan).reduce(
        (total, [name, demand]) => total + of(demand) * (name === "elasticsearch" ? 3 : (demand.copies ?? 1)),
        0,
      );
    const cores = most(({ cpuRequest }) => cpuRequest).toFixed(1);
    const memoryGiB = (most(({ memoryRequestMiB }) => memoryRequestMiB) / 1024).toFixed(1);
    expect(page).toContain(`asks for ${cores} cores and ${memoryGiB} GiB`);
  });

  it("[S6] states how far the backend is scaled, and by what", () => {
    const { min, max, signals } = BACKEND_SCALING;
    const [, copies, signal] = rows.find(([name, range]) => name === "`backend`" && range?.includes("–10"))!;
    expect(copies).toBe(`${min}–${max}`);
    const said = signals.map((each) => each.kind === "metric" && `\`${each.name}\`: ${each.perCopy} a copy`);
    expect(said.filter((each) => each === false || !signal!.includes(each))).toEqual([]);
  });

  it("[S4] names every field of the index", () => {
    const names = [...Object.keys(fields), VECTOR_FIELD];
    expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it("[S3] names every variable that an application is told, and every command", () => {
    const told = ["backend", "dashboard"].flatMap((name) => Object.keys(target.workloads[name]!.env!));
    // Where programs keep caches is no matter of the platform's.
    expect(told.filter((name) => name !== "HOME" && !page.includes(`\`${name}\``))).toEqual([]);
    const listed = Object.entries(commands).map(([name, line]) => [`\`${name}\``, `\`${line.join(" ")}\``]);
    expect(rows.map((row) => row.slice(0, 2))).toEqual(expect.arrayContaining(listed));
  });

  it("[S6] names every route", () => {
    const routes = Object.keys(target.exposures["proxy"]!.routes).map((route) => `\`${route}\``);
    expect(rows.map(([route]) => route)).toEqual(expect.arrayContaining(routes));
  });

  it("[G10] says something of every setting", () => {
    const unnamed = Object.keys(skillsSettings).filter((name) => !page.includes(`skills.${name}`));
    expect(unnamed).toEqual([]);
  });
});
