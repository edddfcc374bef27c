import { beforeAll, describe, expect, it } from "vitest";
import { type Demand, ELITEDESK, PROMISED_SHARE } from "../../components/model/capacity.ts";
import type { Resources } from "../../components/model/workload.ts";
import { Orchestration } from "../../components/platforms/orchestration.ts";
import { CONFIGURATION } from "../../components/platforms/orchestration-configuration.ts";
import { sizes } from "../../components/platforms/orchestration-sizes.ts";
import { orchestrationSettings } from "../../stacks/orchestration-settings.ts";
import { deploy } from "../support/engine.ts";
import { pageOf, rowsOf } from "../support/page-tables.ts";
import { RecordingTarget } from "../support/recording-target.ts";

const page = pageOf("orchestration.md");
const rows = rowsOf("orchestration.md");
const APPLICATIONS = ["mcp-server", "core-services"];

/** What the platform asks of a target. */
async function made(args: object = {}): Promise<RecordingTarget> {
  const target = new RecordingTarget();
  const images = { "mcp-server": "mcp:1", "core-services": "core:1" };
  const told = { target, host: "localhost", images, openaiApiKey: "sk-1", ...args };
  await deploy(() => void new Orchestration("orchestration", told));
  return target;
}

let target: RecordingTarget;
beforeAll(async () => {
  target = await made();
});

const cores = ({ cpuRequest, cpuLimit }: Resources) => `${cpuRequest}–${cpuLimit}`;
const memory = ({ memoryRequestMiB, memoryLimitMiB }: Resources) => `${memoryRequestMiB}–${memoryLimitMiB}`;
const number = (text: string) => Number.parseFloat(text);

describe("docs/orchestration.md", () => {
  it("[G8] [O3] states the budget of every service, and what they come to on an EliteDesk", () => {
    const expected = Object.entries(target.plan).map(([name, { storageGiB = 0 }]) => {
      const { ports = {}, resources } = target.workloads[name]!;
      const [port] = Object.values(ports);
      return [
        `\`${name}\``,
        port ? `${port.number}` : "–",
        cores(resources),
        memory(resources),
        `${storageGiB}`,
      ];
    });
    expect(rows.map((row) => row.slice(0, 5))).toEqual(expect.arrayContaining(expected));
    const services = [...Object.keys(target.plan).map((name) => `\`${name}\``), "proxy"];
    const budget = rows.filter(
      ([name = "", , share = ""]) => services.includes(name) && /^[\d.]+–[\d.]+$/.test(share),
    );
    expect(budget).toHaveLength(services.length);
    const sum = (column: number) => budget.reduce((total, row) => total + number(row[column]!), 0);
    const [processors, memoryGiB, diskGiB] = [sum(2), sum(3) / 1024, sum(4)];
    expect(page).toContain(
      `promised ${processors.toFixed(2)} cores, ${memoryGiB.toFixed(1)} GiB of memory and ${diskGiB} GiB of disk`,
    );
    expect(processors).toBeLessThanOrEqual(ELITEDESK.cpus * PROMISED_SHARE);
    expect(memoryGiB).toBeLessThanOrEqual(ELITEDESK.memoryGiB * PROMISED_SHARE);
  });

  it("[O3] lists every size as it is", () => {
    const expected = Object.entries(sizes).flatMap(([size, facts]) =>
      Object.entries(facts).map(([service, { copies, resources }]) => [
        `\`${size}\``,
        `\`${service}\``,
        typeof copies === "number" || copies.min === copies.max
          ? `${typeof copies === "number" ? copies : copies.min}`
          : `${copies.min}–${copies.max}`,
        cores(resources),
        memory(resources),
      ]),
    );
    expect(rows).toEqual(expect.arrayContaining(expected));
  });

  it("[O3] says what the production form asks of nodes at its most copies", async () => {
    const asked = async (args: object) => {
      const plan: readonly Demand[] = Object.values((await made({ size: "production", ...args })).plan);
      const sum = (of: (demand: Demand) => number) =>
        plan.reduce((total, demand) => total + of(demand) * (demand.copies ?? 1), 0);
      return [sum(({ cpuRequest }) => cpuRequest), sum(({ memoryRequestMiB }) => memoryRequestMiB / 1024)];
    };
    const [processors, memoryGiB] = await asked({});
    const [clustered, clusteredGiB] = await asked({ neo4jLicence: "enterprise-accepted" });
    expect(page.replaceAll(/\s+/g, " ")).toContain(
      `asks for ${processors} cores and ${memoryGiB} GiB; with a cluster of Neo4j, for ${clustered} cores and ${clusteredGiB} GiB`,
    );
  });

  it("[O4] names every variable that an application is told, and the defaults of its file", () => {
    const told = APPLICATIONS.flatMap((name) => Object.keys(target.workloads[name]!.env!));
    // Where programs keep caches is no matter of the platform's.
    const unnamed = told.filter((name) => name !== "HOME" && !page.includes(`\`${name}\``));
    expect(unnamed).toEqual([]);
    const defaults = Object.entries(CONFIGURATION).map(([name, value]) => [`\`${name}\``, `\`${value}\``]);
    expect(rows.map(([name, , value]) => [name, value])).toEqual(expect.arrayContaining(defaults));
  });

  it("[G10] says something of every setting", () => {
    const unnamed = Object.keys(orchestrationSettings).filter(
      (name) => !page.includes(`orchestration.${name}`),
    );
    expect(unnamed).toEqual([]);
  });
});
