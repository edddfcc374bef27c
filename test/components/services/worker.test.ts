import { describe, expect, it, vi } from "vitest";
import { Worker, workerRecipe } from "../../../components/services/worker.ts";
import { deploy } from "../../support/engine.ts";
import { RecordingTarget } from "../../support/recording-target.ts";

const plain = {
  image: "worker:1",
  command: ["python", "-m", "app.worker"],
  check: ["python", "-m", "app.worker", "--check"],
  resources: { cpuRequest: 0.25, cpuLimit: 1, memoryRequestMiB: 256, memoryLimitMiB: 512 },
};

describe("a worker", () => {
  it("[G7] is asked by a command of its own image, as seldom as one that starts an interpreter should be", () => {
    const { probes, ports } = workerRecipe(plain);
    expect(ports).toBeUndefined();
    expect(probes.readiness).toEqual({
      check: { kind: "exec", command: plain.check },
      periodSeconds: 30,
      timeoutSeconds: 15,
    });
    expect(probes.liveness).toBeUndefined();
  });

  it("[G7] runs as nobody special and with time to end what it does, unless it is told otherwise", () => {
    expect(workerRecipe(plain)).toMatchObject({
      user: { uid: 1000, gid: 1000 },
      stopSeconds: 60,
      scratch: ["/tmp"],
      probes: { startupSeconds: 120 },
    });
    const other = workerRecipe({
      ...plain,
      user: { uid: 5, gid: 6 },
      stopSeconds: 7,
      startupSeconds: 8,
      scratch: ["/work"],
      health: { periodSeconds: 9 },
    });
    expect(other).toMatchObject({
      user: { uid: 5, gid: 6 },
      stopSeconds: 7,
      scratch: ["/tmp", "/work"],
      probes: { startupSeconds: 8, readiness: { periodSeconds: 9, timeoutSeconds: 15 } },
    });
  });

  it("asks for as many copies as there are to be at the least", async () => {
    const target = new RecordingTarget();
    const run = vi.spyOn(target, "run");
    const scaling = { min: 3, max: 4, signals: [] };
    await deploy(() => {
      new Worker("alone", { ...plain, target });
      new Worker("several", { ...plain, target, scaling });
    });
    expect(run.mock.calls.map(([name, , { copies }]) => [name, copies])).toEqual([
      ["alone", 1],
      ["several", 3],
    ]);
    expect(target.workloads["several"]!.scaling).toEqual(scaling);
  });

  it("knows of nothing that is not part of a workload", () => {
    expect(workerRecipe(plain)).not.toHaveProperty("check");
    expect(workerRecipe({ ...plain, health: {} })).not.toHaveProperty("health");
  });
});
