import { expect, test } from "vitest";
import { simulatedNodes } from "../../../cli/commands/cluster-nodes.ts";

test("simulated nodes are written as count, CPUs and GiB, several sizes one after the other", () => {
  const first = simulatedNodes("3x4x16");
  expect(first).toEqual([{ count: 3, cpus: 4, memoryGiB: 16 }]);
  expect(simulatedNodes("1x8x32", first)).toEqual([...first, { count: 1, cpus: 8, memoryGiB: 32 }]);
});

test.each(["3", "3x4", "3x4xlots", "3x0x16", "3x4x0", "100000x4x16", "-1x4x16", ""])(
  "%j is refused, with how to write it",
  (text) => {
    expect(() => simulatedNodes(text)).toThrow("as 3x4x16 for three nodes with 4 CPUs and 16 GiB each");
  },
);
