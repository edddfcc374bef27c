import { describe, expect, it } from "vitest";
import { ref, Reference } from "../../../components/model/reference.ts";
import { permissionsOf, type Workload } from "../../../components/model/workload.ts";
import {
  CeleryWorker,
  celeryWorkerRecipe,
  type CeleryWorkerArgs,
} from "../../../components/services/celery-worker.ts";
import { deploy } from "../../support/engine.ts";
import { RecordingTarget } from "../../support/recording-target.ts";

const broker = { host: "cache", ports: { redis: { number: 6379 } }, ready: [] };
const address = Reference.to(broker, "redis");
const secret = Reference.hidden("broker-secret");

const plain: Omit<CeleryWorkerArgs, "target"> = {
  image: "worker:1",
  app: "webui.celery_app",
  env: { CELERY_BROKER_URL: ref`redis://:${secret}@${address}/0` },
  resources: { cpuRequest: 0.5, cpuLimit: 2, memoryRequestMiB: 512, memoryLimitMiB: 2048 },
};

function script({ probes }: Workload, name: "readiness" | "liveness"): string {
  const check = probes[name]?.check;
  if (check?.kind !== "exec") throw new Error(`${name} is no command`);
  return check.command.join(" ");
}

describe("a Celery worker", () => {
  it("[K1] runs Celery's worker on the application, and listens on no port", () => {
    const workload = celeryWorkerRecipe({ ...plain, concurrency: 4, logLevel: "WARNING" });
    expect(workload.command).toEqual(
      ["celery", "-A", "webui.celery_app", "worker"].concat("--loglevel=WARNING", "--concurrency=4"),
    );
    expect(workload).not.toHaveProperty("ports");
  });

  it("takes tasks from the queues that it is told, else from the application's own", () => {
    const { command } = celeryWorkerRecipe({ ...plain, queues: ["ingest", "embed"] });
    expect(command.at(-1)).toBe("--queues=ingest,embed");
    expect(celeryWorkerRecipe(plain).command.join(" ")).not.toContain("--queues");
  });

  it("[K7] is asked itself, by way of the broker and without importing the application", () => {
    const workload = celeryWorkerRecipe(plain);
    expect(script(workload, "readiness")).toContain(
      'celery inspect ping --timeout 5 -d "celery@$(uname -n)"',
    );
    expect(script(workload, "readiness")).not.toContain("webui");
    expect(workload.probes.readiness).toMatchObject({ periodSeconds: 30, timeoutSeconds: 20, failures: 3 });
  });

  it("[G3] tells its probes of the broker by a hidden file, and nobody by a command line", () => {
    const workload = celeryWorkerRecipe(plain);
    expect(workload.files?.["celery-broker"]).toMatchObject({ secret: true });
    const inClear = celeryWorkerRecipe({ ...plain, env: { CELERY_BROKER_URL: "redis://:told@cache/0" } });
    expect(inClear.files?.["celery-broker"]).toMatchObject({ secret: true });
    expect(JSON.stringify([workload.command, workload.probes])).not.toMatch(/redis:|broker-secret/);
  });

  it("[G7] is kept while the broker is out of reach, and as long as its last tasks may take", () => {
    expect(script(celeryWorkerRecipe(plain), "liveness")).toMatch(/^sh -c ! .*grep -q "No nodes replied"$/);
    for (const stopSeconds of [10, 120, 3600]) {
      const { probes, stopSeconds: grace } = celeryWorkerRecipe({ ...plain, stopSeconds });
      expect(grace).toBe(stopSeconds);
      const { failures = 0, periodSeconds = 0 } = probes.liveness ?? {};
      expect(failures * periodSeconds).toBeGreaterThan(stopSeconds);
      expect(failures).toBeGreaterThanOrEqual(3);
    }
  });

  it("[K6] is an ordinary user who writes to /tmp, and keeps the capabilities that it was given", () => {
    const capabilities = { NET_BIND_SERVICE: "the platform's rule for all its services" };
    expect(celeryWorkerRecipe({ ...plain, capabilities })).toMatchObject({
      user: { uid: 1000, gid: 1000 },
      scratch: ["/tmp"],
      env: { HOME: "/tmp" },
      capabilities,
    });
  });

  it("[G7] asks no longer than its target waits for the answer", () => {
    const { probes } = celeryWorkerRecipe({ ...plain, health: { timeoutSeconds: 10 } });
    for (const name of ["readiness", "liveness"] as const) {
      expect(probes[name]?.timeoutSeconds).toBe(10);
      expect(script({ ...celeryWorkerRecipe(plain), probes }, name)).toContain(" timeout 9 celery ");
    }
  });

  it("may reach what its variables refer to, and nothing else", () => {
    const grants = permissionsOf(celeryWorkerRecipe(plain));
    expect(grants.map(({ endpoint, port }) => `${endpoint.host} ${port}`)).toEqual(["cache redis"]);
  });

  it("is scaled by the tasks that wait, where it was told", async () => {
    const queue = { kind: "queue", server: address, password: secret, list: "celery", perCopy: 10 } as const;
    const target = new RecordingTarget();
    const scaling = { min: 1, max: 4, signals: [queue] };
    await deploy(() => void new CeleryWorker("worker", { ...plain, target, scaling }));
    expect(target.workloads["worker"]?.scaling).toEqual(scaling);
    expect(celeryWorkerRecipe(plain)).not.toHaveProperty("scaling");
  });
});
