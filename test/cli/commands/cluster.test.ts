import { Command } from "commander";
import { beforeEach, expect, test, vi } from "vitest";
import { cluster } from "../../../cli/commands/cluster.ts";
import { clusterDown, clusterLoad, clusterStatus, clusterUp } from "../../../cli/commands/cluster-actions.ts";

vi.mock("../../../cli/commands/cluster-actions.ts");
beforeEach(() => void vi.clearAllMocks());

/** Runs `keelson cluster` with these arguments; answers the exit status. */
async function run(...args: readonly string[]): Promise<number | undefined> {
  let status: number | undefined;
  const program = new Command("keelson").addCommand(cluster((ended) => (status = ended)));
  await program.parseAsync(["cluster", ...args], { from: "user" });
  return status;
}

test("up starts a real node, and leaves the simulated ones as they are, unless other nodes are asked for", async () => {
  await run("up");
  expect(clusterUp).toHaveBeenCalledWith({ node: true });
  await run("up", "--simulated", "3x4x16", "1x8x32", "--no-node");
  expect(clusterUp).toHaveBeenLastCalledWith({
    node: false,
    simulated: [
      { count: 3, cpus: 4, memoryGiB: 16 },
      { count: 1, cpus: 8, memoryGiB: 32 },
    ],
  });
});

test("the status that each command answers is passed on", async () => {
  vi.mocked(clusterStatus).mockResolvedValue(1);
  vi.mocked(clusterDown).mockResolvedValue(0);
  expect(await run("status", "--json")).toBe(1);
  expect(clusterStatus).toHaveBeenCalledWith({ json: true });
  expect(await run("down")).toBe(0);
});

test("load takes as many images as are named", async () => {
  await run("load", "one:1", "two:2");
  expect(clusterLoad).toHaveBeenCalledWith(["one:1", "two:2"]);
});
