import { beforeAll, describe, expect, it } from "vitest";
import { ELITEDESK, PROMISED_SHARE } from "../../components/model/capacity.ts";
import type { Resources } from "../../components/model/workload.ts";
import { Semantik } from "../../components/platforms/semantik.ts";
import { byEnvironment, variables } from "../../components/platforms/semantik-variables.ts";
import { semantikSettings } from "../../stacks/semantik-settings.ts";
import { deploy } from "../support/engine.ts";
import { RecordingTarget } from "../support/recording-target.ts";
import { pageOf, rowsOf } from "../support/page-tables.ts";

const page = pageOf("semantik.md");
const rows = rowsOf("semantik.md");

const target = new RecordingTarget();
beforeAll(async () => {
  const images = { webui: "webui:1", vecpipe: "vecpipe:1", worker: "worker:1" };
  await deploy(() => void new Semantik("semantik", { target, host: "localhost", images }));
});

const NOTHING: Resources = { cpuRequest: 0, cpuLimit: 0, memoryRequestMiB: 0, memoryLimitMiB: 0 };

describe("docs/semantik.md", () => {
  it("[G8] [K10] states the budget of every service, and what they come to", () => {
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
  });

  it("[K2] lists every variable with its default, and what follows from the environment", () => {
    const defaults = Object.entries(variables).map(([name, { fallback }]) => [
      `\`${name}\``,
      `\`${fallback}\``,
    ]);
    expect(rows.map((row) => row.slice(0, 2))).toEqual(expect.arrayContaining(defaults));
    const environments = Object.entries(byEnvironment).map(([name, values]) => [
      name,
      ...["LOG_LEVEL", "WEBUI_RELOAD", "DB_ECHO", "WEBUI_WORKERS", "PYTHONOPTIMIZE"].map(
        (variable) => `${values[variable as keyof typeof values]}`,
      ),
    ]);
    expect(rows).toEqual(expect.arrayContaining(environments));
  });

  it("[K2] names every variable that an application is told", () => {
    const told = ["vecpipe", "webui", "worker"].flatMap((name) => Object.keys(target.workloads[name]!.env!));
    // Where programs keep caches is no matter of the platform's.
    const unnamed = told.filter((name) => name !== "HOME" && !page.includes(`\`${name}`));
    expect(unnamed).toEqual([]);
  });

  it("[G10] says something of every setting", () => {
    const unnamed = Object.keys(semantikSettings).filter((name) => !page.includes(`semantik.${name}`));
    expect(unnamed).toEqual([]);
  });
});
