import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { runProgram, type Sample } from "../support/child.ts";
import { type Report, type Row, seconds, times } from "../support/row.ts";
import { interleaved, over, type Round } from "../support/samples.ts";

/** A number of services, how often it is measured, and how often before that: what takes minutes is warm by then. */
interface Size {
  readonly services: number;
  readonly rounds: number;
  readonly warmUps: number;
}

/** Numbers of services by the target that they are for. */
const SIZES: Readonly<Record<string, readonly Size[]>> = {
  docker: [
    { services: 10, rounds: 5, warmUps: 1 },
    { services: 100, rounds: 3, warmUps: 0 },
    { services: 1000, rounds: 1, warmUps: 0 },
  ],
  kubernetes: [
    { services: 10, rounds: 5, warmUps: 1 },
    { services: 100, rounds: 3, warmUps: 0 },
    { services: 500, rounds: 1, warmUps: 0 },
  ],
};

/** Time and memory of a program by its number of services, beside those of a program that declares the same resources by hand. */
export async function programSize(target: string, report: Report): Promise<readonly Row[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "keelson-bench-"));
  try {
    const rows: Row[] = [];
    for (const { services, rounds, warmUps } of SIZES[target] ?? []) {
      report(`running programs of ${services} services on ${target}`);
      const list = path.join(folder, `${services}.json`);
      await runProgram("services", target, `${services}`, list);
      const trials = {
        keelson: () => runProgram("services", target, `${services}`),
        plain: () => runProgram("plain", list),
      };
      rows.push(rowOf(target, services, await interleaved(trials, rounds, warmUps)));
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function rowOf(target: string, services: number, rounds: readonly Round<"keelson" | "plain", Sample>[]): Row {
  const time = over(rounds, ({ keelson }) => keelson.seconds);
  const memory = over(rounds, ({ keelson }) => keelson.peakMiB);
  const resources = over(rounds, ({ keelson }) => keelson.resources);
  const timeRatio = over(rounds, ({ keelson, plain }) => keelson.seconds / plain.seconds);
  const memoryRatio = over(rounds, ({ keelson, plain }) => keelson.peakMiB / plain.peakMiB);
  return {
    what: `program of ${services} services on ${target}, ${resources} resources`,
    measured: `${seconds(time)}, ${memory.toFixed(0)} MiB; ${((time / services) * 1000).toFixed(0)} ms a service`,
    compared: `${times(timeRatio)} the time and ${times(memoryRatio)} the memory of the same resources by hand`,
    aim: "linear, below 1024 MiB",
  };
}
