import { expect, test } from "vitest";
import { clusterStatus, nodeStatuses } from "../../../embedded/cluster/status.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const node = (name: string, ready: string, labels = {}, memory = "16Gi") => ({
  metadata: { name, labels },
  status: {
    capacity: { cpu: "4", memory },
    conditions: [
      { type: "MemoryPressure", status: "False" },
      { type: "Ready", status: ready },
    ],
  },
});

test("nodes are told apart by whether they are ready and whether they are simulated", () => {
  const simulated = { "kwok.x-k8s.io/node": "simulated" };
  const text = JSON.stringify({
    items: [
      node("real", "True", {}, "24684096Ki"),
      node("simulated-1", "True", simulated),
      node("lost", "Unknown"),
    ],
  });
  expect(nodeStatuses(text)).toEqual([
    { name: "real", isReady: true, isSimulated: false, cpus: 4, memoryGiB: 23.5 },
    { name: "simulated-1", isReady: true, isSimulated: true, cpus: 4, memoryGiB: 16 },
    { name: "lost", isReady: false, isSimulated: false, cpus: 4, memoryGiB: 16 },
  ]);
});

test("where no cluster was started, none is up, and nothing is built to find that out", async () => {
  const home = temporaryFolder();
  const status = await clusterStatus({ home, environment: {}, progress: (line) => expect.fail(line) });
  expect(status).toMatchObject({ isUp: false, daemons: [], nodes: [] });
});
