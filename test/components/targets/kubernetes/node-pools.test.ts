import { beforeEach, describe, expect, it } from "vitest";
import type { Demand } from "../../../../components/model/capacity.ts";
import type { NodePool } from "../../../../components/targets/kubernetes/cluster.ts";
import { Kubernetes } from "../../../../components/targets/kubernetes/kubernetes.ts";
import { deploy, type Registration } from "../../../support/engine.ts";
import { objects, workload } from "../../../support/exposed.ts";
import { Thing } from "../../../support/thing.ts";

const GENERAL: NodePool = { cpus: 4, memoryGiB: 14, count: 3, labels: { pool: "general" } };
const small: Demand = { cpuRequest: 1, memoryRequestMiB: 1024 };
const large: Demand = { cpuRequest: 4, memoryRequestMiB: 16 * 1024 };

const POOL = "test:index:Pool";

/** Names of the pools that were made, in order. */
let made: string[];
beforeEach(() => {
  made = [];
});

/** A pool that is made if something needs it. */
function spare(name: string, size: Omit<NodePool, "labels" | "make">): NodePool {
  const make = () => {
    made.push(name);
    return new Thing(POOL, name);
  };
  return { ...size, labels: { pool: name }, make };
}
const memory = () => spare("memory", { cpus: 8, memoryGiB: 60, count: 6 });
const gpu = () => spare("gpu", { cpus: 8, memoryGiB: 30, count: 2, gpus: 1 });

const on = (nodes: readonly NodePool[], use: (target: Kubernetes) => unknown) =>
  deploy(() => use(new Kubernetes("t", { cluster: { nodes } })));
const admitting = (plan: Readonly<Record<string, Demand>>, ...nodes: readonly NodePool[]) =>
  on([GENERAL, ...nodes], (target) => target.admit(plan));
const homesOf = (all: readonly Registration[], name: string): string[] => {
  const { affinity } = objects(all, "Deployment")[name].spec.template.spec;
  const { nodeSelectorTerms } = affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution;
  return nodeSelectorTerms.map(({ matchExpressions }: any) => matchExpressions[0].values[0]);
};

describe("pools of nodes that are made if something needs them", () => {
  it("[G8] are not made for what fits the nodes that are there anyway", async () => {
    await admitting({ web: { ...small, copies: 12 } }, memory(), gpu());
    expect(made).toEqual([]);
  });

  it("[G8] [O3] are made where a copy fits no other node, and where all copies are more than these hold", async () => {
    await admitting({ web: small, graph: large }, memory());
    await admitting({ web: { ...small, copies: 13 } }, memory());
    expect(made).toEqual(["memory", "memory"]);
  });

  it("[G8] are the fewest that it takes, whatever their order", async () => {
    await admitting({ graph: large }, gpu(), memory());
    expect(made).toEqual(["gpu"]);
    await admitting({ graph: { ...large, memoryRequestMiB: 40 * 1024 } }, gpu(), memory());
    expect(made).toEqual(["gpu", "memory"]);
    await admitting(
      { graph: { ...large, memoryRequestMiB: 40 * 1024 }, model: { ...small, gpus: 1 } },
      gpu(),
      memory(),
    );
    expect(made).toEqual(["gpu", "memory", "gpu", "memory"]);
  });

  it("[G8] are made once, however often something is admitted", async () => {
    await on([GENERAL, memory()], (target) => {
      target.admit({ graph: large });
      target.admit({ other: large });
      target.run("web", () => workload(), { parent: target });
    });
    expect(made).toEqual(["memory"]);
  });

  it("[G8] are made once for all targets on a cluster, each of which waits for them", async () => {
    const cluster = { nodes: [GENERAL, memory()] };
    const all = await deploy(() => {
      for (const name of ["one", "other"]) {
        const target = new Kubernetes(name, { cluster });
        target.admit({ graph: large });
        target.run("web", () => workload(), { parent: target });
      }
    });
    expect(made).toEqual(["memory"]);
    const pool = all.find(({ type }) => type === POOL)!;
    const waiting = all.filter(({ type }) => type.endsWith(":Deployment"));
    expect(waiting.map(({ dependencies }) => dependencies.includes(pool.urn))).toEqual([true, true]);
  });

  it("[G8] are not made at all where the plan fits with none of them, and the arithmetic has all of them", async () => {
    const refused = admitting({ graph: { ...large, copies: 13 } }, memory());
    await expect(refused).rejects.toThrow(
      /copies that fit no other nodes ask for 52\.00 cores, and the 6 that they fit have 48\.00/,
    );
    expect(made).toEqual([]);
  });

  it("are homes for pods once they were made, and no sooner", async () => {
    const all = await on([GENERAL, memory()], (target) => {
      target.run("early", () => workload(), { parent: target });
      target.admit({ graph: large });
      target.run("late", () => workload(), { parent: target });
    });
    expect(homesOf(all, "early")).toEqual(["general"]);
    expect(homesOf(all, "late")).toEqual(["general", "memory"]);
  });

  it("[G4] are waited for by everything that runs after it, jobs too", async () => {
    const all = await on([GENERAL, memory()], (target) => {
      target.admit({ graph: large });
      target.run("web", () => workload(), { parent: target });
      const { ports: _, probes: __, ...job } = workload();
      target.complete("migrate", job, { parent: target });
    });
    const pool = all.find(({ type }) => type === POOL)!;
    for (const kind of ["Deployment", "Job"]) {
      const [waiting] = all.filter(({ type }) => type.endsWith(`:${kind}`));
      expect(waiting!.dependencies, kind).toContain(pool.urn);
    }
  });

  it("count for the namespace's quota whether or not they are made, so that it never changes", async () => {
    const hard = async (plan: Readonly<Record<string, Demand>>) =>
      objects(await admitting(plan, memory()), "ResourceQuota")["t"].spec.hard;
    const quota = await hard({ web: small });
    expect(quota["requests.cpu"]).toBe(`${2 * (3 * 4 + 6 * 8) * 1000}m`);
    expect(await hard({ graph: large })).toEqual(quota);
  });
});
