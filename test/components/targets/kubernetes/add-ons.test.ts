import { beforeEach, describe, expect, it } from "vitest";
import { Reference } from "../../../../components/model/reference.ts";
import type { Signal } from "../../../../components/model/scaling.ts";
import { Postgres } from "../../../../components/services/postgres.ts";
import { ReplicatedPostgres } from "../../../../components/services/replicated-postgres.ts";
import type { AddOn, Cluster, Features } from "../../../../components/targets/kubernetes/cluster.ts";
import { Kubernetes } from "../../../../components/targets/kubernetes/kubernetes.ts";
import type { KubernetesArgs } from "../../../../components/targets/kubernetes/kubernetes-args.ts";
import { deploy, type Registration } from "../../../support/engine.ts";
import { HOST, workload } from "../../../support/exposed.ts";
import { Thing } from "../../../support/thing.ts";

const FEATURES: Features = { certManager: true, cloudNativePg: true, keda: { namespace: "keda" } };
const ADD_ON = "test:index:AddOn";

/** What was asked for, as often as it was. */
let asked: AddOn[];
let installed: Partial<Record<AddOn, Thing>>;
beforeEach(() => {
  asked = [];
  installed = {};
});

const install = (addOn: AddOn) => {
  asked.push(addOn);
  return (installed[addOn] ??= new Thing(ADD_ON, addOn));
};
const on = (
  use: (target: Kubernetes) => unknown,
  args: Partial<KubernetesArgs> = {},
  features = FEATURES,
) => {
  const cluster: Cluster = { nodes: [{ cpus: 4, memoryGiB: 16, count: 4 }], features, install };
  return deploy(() => use(new Kubernetes("t", { cluster, ...args })));
};
const exposing = (target: Kubernetes) => {
  const endpoint = target.run("web", () => workload(), { parent: target });
  target.expose(
    "entry",
    { host: HOST, routes: { "/": { to: Reference.to(endpoint, "http") } } },
    { parent: target },
  );
};
const scaled =
  (...signals: readonly Signal[]) =>
  (target: Kubernetes) =>
    void target.run("web", () => ({ ...workload(), scaling: { min: 1, max: 4, signals } }), {
      parent: target,
    });
const queue: Signal = {
  kind: "queue",
  server: Reference.outside("redis://redis.example.com:6379"),
  password: Reference.hidden("open-sesame"),
  list: "documents",
  perCopy: 5,
};

/** Which kinds of objects wait for an add-on. */
function waiting(all: readonly Registration[], addOn: AddOn): string[] {
  const { urn } = all.find(({ type, name }) => type === ADD_ON && name === addOn)!;
  const those = all.filter(({ dependencies }) => dependencies.includes(urn));
  return those.map(({ type }) => type.split(":").at(-1)!).toSorted();
}

describe("add-ons of a cluster", () => {
  it("are not asked for by what needs none", async () => {
    await on((target) => target.run("web", () => workload(), { parent: target }));
    expect(asked).toEqual([]);
  });

  it("[G18] are an entry for what is led in from outside, which waits for it", async () => {
    const all = await on(exposing);
    expect(new Set(asked)).toEqual(new Set(["entry"]));
    expect(waiting(all, "entry")).toContain("Ingress");
  });

  it("[G18] are cert-manager for certificates of an issuer; the namespace goes before it, for what it leaves there", async () => {
    const all = await on(exposing, { tls: { kind: "issuer", name: "letsencrypt" } });
    expect(new Set(asked)).toEqual(new Set(["certManager", "entry"]));
    expect(waiting(all, "certManager")).toEqual(expect.arrayContaining(["Certificate", "Namespace"]));
  });

  it.each(["off", "secret"] as const)(
    "are no cert-manager where nobody is asked for one: %s",
    async (kind) => {
      const tls = { off: { kind: "off" }, secret: { kind: "secret", name: "own" } } as const;
      await on(exposing, { tls: tls[kind] });
      expect(asked).not.toContain("certManager");
    },
  );

  it("[G18] are the metrics of pods where copies follow processors or memory", async () => {
    const all = await on(scaled({ kind: "cpu", percent: 70 }, { kind: "memory", percent: 80 }));
    expect(asked).toEqual(["metrics"]);
    expect(waiting(all, "metrics")).toEqual(["HorizontalPodAutoscaler"]);
  });

  it("[G18] are KEDA where copies follow what waits elsewhere, and the metrics of pods beside it if they follow both", async () => {
    const alone = await on(scaled(queue));
    expect(asked).toEqual(["keda"]);
    expect(waiting(alone, "keda")).toEqual(["ScaledObject", "TriggerAuthentication"]);
    asked = [];
    installed = {};
    await on(scaled(queue, { kind: "cpu", percent: 70 }));
    expect(asked).toEqual(["keda", "metrics"]);
  });

  it("are the metrics of pods where the cluster can't follow the signal that was wished for", async () => {
    await on(scaled(queue), {}, {});
    expect(asked).toEqual(["metrics"]);
  });

  it("[G18] are CloudNativePG for a PostgreSQL in several copies, and not for one", async () => {
    await on((target) => new Postgres("postgres", { target }));
    expect(asked).toEqual([]);
    const all = await on((target) => new ReplicatedPostgres("postgres", { target }));
    expect(asked).toEqual(["cloudNativePg"]);
    expect(waiting(all, "cloudNativePg")).toEqual(["Cluster"]);
  });

  it("are nobody's business in a cluster that says nothing of installing", async () => {
    const cluster: Cluster = { nodes: [{ cpus: 4, memoryGiB: 16, count: 4 }], features: FEATURES };
    const all = await on(exposing, { cluster, tls: { kind: "issuer", name: "letsencrypt" } });
    expect(all.filter(({ type }) => type === ADD_ON)).toEqual([]);
    expect(all.filter(({ type }) => type.endsWith(":Certificate"))).toHaveLength(1);
  });
});
