import { expect, it } from "vitest";
import { nodesOf, selectorOf } from "../../../../embedded/plugins/cloud/nodes.ts";

const LONG = "a-cluster-with-a-name-as-long-as-clouds-allow-them-to-be";

const names = (cluster: string, pool: string) =>
  nodesOf({
    cluster,
    pool,
    count: 12,
    machine: "t3.xlarge",
    allocatable: { cpus: 3.92, memoryGiB: 14, pods: 58 },
    region: "us-west-2",
    zones: ["us-west-2a"],
    labels: {},
  }).map(({ metadata }) => metadata.name!);

it("[G18] nodes of imagined pools have names that fit a label, and none the name of another", () => {
  const all = [...names("short", "general"), ...names(LONG, "general"), ...names(LONG, "memory")];
  expect(new Set(all).size).toBe(36);
  for (const name of all) expect(name).toMatch(/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/);
});

it("[G18] nodes of pools with long names are told apart by their labels", () => {
  const value = (pool: string) => selectorOf(LONG, pool).split("/pool=")[1]!;
  const [one, other] = [`${LONG}-general-1`, `${LONG}-general-2`].map(value);
  expect(one).not.toBe(other);
  for (const each of [one, other]) expect(each!.length).toBeLessThanOrEqual(63);
});
