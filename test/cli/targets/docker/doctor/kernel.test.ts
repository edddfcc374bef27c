import * as os from "node:os";
import { describe, expect, it } from "vitest";
import { isOwnKernel, ownKernel, parseInside } from "../../../../../cli/targets/docker/doctor/inside.ts";
import { judgeKernel, kernelNames } from "../../../../../cli/targets/docker/doctor/kernel.ts";
import type { PlannedContainer } from "../../../../../cli/targets/docker/plan.ts";
import { complaints } from "./complaints.ts";

const MAPS = "vm.max_map_count";
const needing = (name: string, kernel: PlannedContainer["kernel"]): PlannedContainer => ({
  name,
  image: "vectors:1",
  ports: [],
  cpus: 1,
  gpus: false,
  promised: undefined,
  kernel,
});
const vectors = needing("box-vectors", { [MAPS]: { atLeast: 262144, reason: "maps many files" } });
const graph = needing("box-graph", { [MAPS]: { atLeast: 65530, reason: "maps some files" } });
const queue = needing("box-queue", {
  "vm.overcommit_memory": { atLeast: 1, atMost: 1, reason: "forks to save" },
});

describe("settings of the kernel that containers need", () => {
  it("[G15] are asked for by name, each once", () => {
    expect(kernelNames([vectors, graph, queue])).toEqual([MAPS, "vm.overcommit_memory"]);
    expect(judgeKernel([needing("box-web", {})], {})).toEqual([]);
  });

  it("[G15] that are too low are told with who needs them, why, and the command that mends them for good", () => {
    expect(complaints(judgeKernel([graph, vectors], { [MAPS]: 65530 }))).toEqual([
      {
        name: MAPS,
        outcome: "doubtful",
        detail: "is 65530; needed is 262144 or more for box-graph, box-vectors: maps many files",
        remedy:
          "sudo sysctl -w vm.max_map_count=262144 && " +
          "echo 'vm.max_map_count = 262144' | sudo tee /etc/sysctl.d/90-vm.max_map_count.conf",
      },
    ]);
  });

  it("[G15] are well where the largest need is met", () => {
    expect(judgeKernel([graph, vectors], { [MAPS]: 262144 })).toMatchObject([
      { outcome: "good", detail: "262144, for box-graph, box-vectors" },
    ]);
    expect(complaints(judgeKernel([queue], { "vm.overcommit_memory": 1 }))).toEqual([]);
  });

  it("[G15] that are modes must be the one that is needed", () => {
    for (const mode of [0, 2])
      expect(complaints(judgeKernel([queue], { "vm.overcommit_memory": mode }))).toMatchObject([
        { detail: `is ${mode}; needed is 1 for box-queue: forks to save` },
      ]);
  });

  it("[G15] that can't be seen from here are to be looked at there", () => {
    expect(complaints(judgeKernel([queue], {}))).toMatchObject([
      { outcome: "doubtful", remedy: "see it on the host: sysctl vm.overcommit_memory" },
    ]);
  });

  it("are this machine's only where the engine runs on its kernel", () => {
    expect(isOwnKernel(os.release())).toBe(process.platform === "linux");
    expect(isOwnKernel("6.6.87.2-microsoft-standard-WSL2")).toBe(false);
  });

  it.runIf(process.platform === "linux")(
    "are read from this machine; one that is not there is not known",
    async () => {
      const found = await ownKernel(["kernel.pid_max", "vm.no_such_setting"]);
      expect(found["kernel.pid_max"]).toBeGreaterThan(300);
      expect(found["vm.no_such_setting"]).toBeUndefined();
    },
  );

  it("are read from what a container on the host printed, with the space of its file system", () => {
    const output = `vm.max_map_count 65530\nvm.no_such_setting \noverlay 104857600 20971520 83886080 20% /\n`;
    expect(parseInside(output)).toEqual({
      kernel: { "vm.max_map_count": 65530, "vm.no_such_setting": undefined },
      space: { freeGiB: 80, totalGiB: 100 },
    });
  });
});
