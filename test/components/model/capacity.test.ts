import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Demand,
  demandOf,
  ELITEDESK,
  judge,
  PROMISED_SHARE,
} from "../../../components/model/capacity.ts";

const demand: fc.Arbitrary<Demand> = fc.record({
  cpuRequest: fc.double({ min: 0, max: 4, noNaN: true }),
  memoryRequestMiB: fc.integer({ min: 0, max: 16384 }),
  storageGiB: fc.integer({ min: 0, max: 500 }),
});
const plan = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), demand, { maxKeys: 6 });

const sum = (demands: readonly Demand[], of: (demand: Demand) => number) =>
  demands.reduce((total, each) => total + of(each), 0);

describe("capacity", () => {
  it("[G8] fits exactly when 85 % of cores, memory and storage hold what is promised", () => {
    fc.assert(
      fc.property(plan, (promised) => {
        const demands = Object.values(promised);
        const within =
          sum(demands, ({ cpuRequest }) => cpuRequest) <= 4 * 0.85 + 1e-9 &&
          sum(demands, ({ memoryRequestMiB }) => memoryRequestMiB) <= 16 * 1024 * 0.85 &&
          sum(demands, ({ storageGiB = 0 }) => storageGiB) <= 500 * 0.85;
        expect(judge(promised, ELITEDESK).fits).toBe(within);
      }),
    );
  });

  it("[G8] still fits when something is left out", () => {
    fc.assert(
      fc.property(plan, (promised) => {
        const [, ...rest] = Object.entries(promised);
        const fewer = judge(Object.fromEntries(rest), ELITEDESK);
        expect(fewer.fits || !judge(promised, ELITEDESK).fits).toBe(true);
      }),
    );
  });

  it("[G8] shows every workload, the sums, and for each excess where most of it goes", () => {
    const { fits, table, sums, excess } = judge(
      {
        graph: { cpuRequest: 2, memoryRequestMiB: 14336, storageGiB: 100 },
        queue: { cpuRequest: 1, memoryRequestMiB: 2048 },
      },
      ELITEDESK,
    );
    expect(fits).toBe(false);
    expect(excess).toEqual([
      "16.00 GiB of memory promised, 13.60 can be; most go to graph (14.00), queue (2.00)",
    ]);
    expect(sums).toEqual(["3.00 of 3.40 cores", "16.00 of 13.60 GiB of memory", "100 of 425 GiB of storage"]);
    expect(table.split("\n").map((line) => line.trim().split(/\s{2,}/))).toEqual([
      ["cores", "GiB of memory", "GiB of storage"],
      ["graph", "2.00", "14.00", "100"],
      ["queue", "1.00", "2.00", "0"],
      ["promised", "3.00", "16.00", "100"],
      ["can be promised (85 %)", "3.40", "13.60", "425"],
    ]);
  });

  it("[G8, M2] names what can run elsewhere and would leave room, the largest first, with the setting for it", () => {
    const answers = {
      cpuRequest: 1,
      memoryRequestMiB: 4096,
      offload: "keelson:external: { answers: { url } }",
    };
    const models = {
      cpuRequest: 1,
      memoryRequestMiB: 9216,
      offload: "keelson:external: { models: { url } }",
    };
    const stuck = { cpuRequest: 1, memoryRequestMiB: 2048 };
    expect(judge({ answers, stuck, models }, ELITEDESK).offloads).toEqual([
      "models can run elsewhere: keelson:external: { models: { url } }",
      "answers can run elsewhere: keelson:external: { answers: { url } }",
    ]);
    const files = { ...answers, memoryRequestMiB: 0, storageGiB: 900 };
    expect(judge({ models, files }, ELITEDESK).offloads).toEqual([
      "files can run elsewhere: keelson:external: { answers: { url } }",
    ]);
    expect(judge({ models }, ELITEDESK).offloads).toEqual([]);
  });

  it("[G8, K3] has graphics processors in its table only where some are asked for or there, and promises all of them", () => {
    const web = { cpuRequest: 1, memoryRequestMiB: 64 };
    const heading = (wanted: Demand, gpus?: number) =>
      judge({ web: wanted }, { ...ELITEDESK, gpus }).table.split("\n")[0];
    expect(heading(web)).not.toContain("GPUs");
    expect(heading(web, 1)).toMatch(/GPUs$/);
    expect(heading({ ...web, gpus: 1 })).toMatch(/GPUs$/);
    expect(judge({ web: { ...web, gpus: 2 } }, { ...ELITEDESK, gpus: 2 }).fits).toBe(true);
    expect(judge({ web: { ...web, gpus: 3 } }, { ...ELITEDESK, gpus: 2 }).excess).toEqual([
      "3 GPUs promised, 2 can be; most go to web (3)",
    ]);
  });

  it("counts what a workload is promised, with all of its volumes, at its most copies", () => {
    const resources = { cpuRequest: 0.5, cpuLimit: 2, memoryRequestMiB: 512, memoryLimitMiB: 1024, gpus: 1 };
    const scaling = { min: 2, max: 6, signals: [] };
    const volumes = { data: { path: "/data", sizeGiB: 20 }, cache: { path: "/cache", sizeGiB: 5 } };
    expect(demandOf({ resources, volumes, scaling })).toEqual({
      cpuRequest: 0.5,
      memoryRequestMiB: 512,
      storageGiB: 25,
      gpus: 1,
      copies: 6,
    });
    expect(PROMISED_SHARE).toBe(0.85);
  });
});
