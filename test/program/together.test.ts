import { beforeAll, describe, expect, it } from "vitest";
import { type Neighbours, neighboursAmong } from "../../components/targets/docker/neighbours.ts";
import { deploy as stack } from "../../stacks/deploy.ts";
import { deploy, type Registration } from "../support/engine.ts";
import { stackFile } from "../support/stack-file.ts";

const STACKS = ["acceleration", "melvin", "orchestration", "semantik", "skills"] as const;

/** What a Docker host lists of containers, from what a program registered. */
function listed(all: readonly Registration[]) {
  return all
    .filter(({ type }) => type === "docker:index/container:Container")
    .map(({ inputs }) => {
      const labels = inputs["labels"] as readonly { readonly label: string; readonly value: string }[];
      return { Labels: Object.fromEntries(labels.map(({ label, value }) => [label, value])) };
    });
}

/** The amounts of each row of a table, by the name at its left. */
function tableIn(lines: readonly string[]): Record<string, number[]> {
  const rows = lines.map((line) => line.trim().split(/\s{2,}/));
  return Object.fromEntries(
    rows.filter(([, amount]) => Number(amount) >= 0).map(([name, ...amounts]) => [name, amounts.map(Number)]),
  );
}

/** Numbers that rounded ones add up to. */
const nearly = (...numbers: readonly number[]) => numbers.map((number) => expect.closeTo(number, 1));

const up = (name: string, neighbours: Neighbours = {}) =>
  deploy(() => stack(stackFile(`${name}-docker`), neighbours));

describe("the stacks of this repository on a host of 4 cores, 16 GB and 500 GB", () => {
  const alone: Record<string, Neighbours> = {};

  beforeAll(async () => {
    for (const name of STACKS) alone[name] = neighboursAmong(listed(await up(name)), "another");
  });

  it.each(STACKS)("[G8, M2] %s fits alone, with a share to spare", (name) => {
    const { cpuRequest, memoryRequestMiB, storageGiB } = alone[name]![name]!;
    expect(cpuRequest).toBeLessThanOrEqual(4 * 0.85);
    expect(memoryRequestMiB / 1024).toBeLessThanOrEqual(16 * 0.85);
    expect(storageGiB).toBeLessThanOrEqual(500 * 0.85);
  });

  it("[G8, M2] melvin and semantik together are refused with the arithmetic, and with what can run elsewhere", async () => {
    const refusal: Error = await up("semantik", alone["melvin"]).then(
      () => expect.unreachable(),
      (error: Error) => error,
    );
    const [reason, ...rest] = refusal.message.split("\n");
    expect(reason).toMatch(
      /cores promised, 3\.40 can be; most go to stack "melvin" .*move a stack to another host/,
    );
    expect(reason).toMatch(/GiB of memory promised, 13\.60 can be; most go to stack "melvin" /);
    expect(rest).toContainEqual(expect.stringMatching(/^qdrant can run elsewhere: keelson:external/));

    const { promised, "can be promised (85 %)": room, ...rows } = tableIn(rest);
    const { cpuRequest, memoryRequestMiB, storageGiB } = alone["melvin"]!["melvin"]!;
    const melvin = [cpuRequest, memoryRequestMiB / 1024, storageGiB!];
    expect(rows['stack "melvin"']!.map((amount, index) => amount - melvin[index]!)).toEqual(nearly(0, 0, 0));
    expect(room).toEqual([3.4, 13.6, 425]);
    const sums = [0, 1, 2].map((column) => Object.values(rows).reduce((sum, row) => sum + row[column]!, 0));
    expect(promised!.map((amount, index) => amount - sums[index]!)).toEqual(nearly(0, 0, 0));
  });

  it("[G8] any two of them are more than it has, in whichever order they come", async () => {
    for (const first of STACKS)
      for (const second of STACKS.filter((name) => name !== first))
        await expect(up(second, alone[first])).rejects.toThrow(`stack "${first}"`);
  });
});
