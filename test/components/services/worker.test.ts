import { describe, expect, it } from "vitest";
import { workerRecipe } from "../../../components/services/worker.ts";

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

  it("knows of nothing that is not part of a workload", () => {
    expect(workerRecipe(plain)).not.toHaveProperty("check");
    expect(workerRecipe({ ...plain, health: {} })).not.toHaveProperty("health");
  });
});
