import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ruleOf, skipsDeletion } from "../../../../../embedded/plugins/kubernetes/await/rules.ts";
import { condition, object, situation } from "./objects.ts";

const count = fc.nat({ max: 4 });
const generation = fc.integer({ min: 1, max: 3 });
const conditions = fc.uniqueArray(fc.constantFrom("Available", "Progressing", "ReplicaFailure"), {
  maxLength: 3,
});

/** A workload with any numbers in its status: most make no sense, and none may be taken for more than it says. */
const workloads = fc
  .record({
    kind: fc.constantFrom("Deployment", "StatefulSet", "DaemonSet"),
    generation,
    replicas: count,
    partition: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    status: fc.record(
      {
        observedGeneration: generation,
        replicas: count,
        readyReplicas: count,
        availableReplicas: count,
        updatedReplicas: count,
        currentReplicas: count,
        currentRevision: fc.constantFrom("a", "b"),
        updateRevision: fc.constantFrom("a", "b"),
        desiredNumberScheduled: count,
        currentNumberScheduled: count,
        updatedNumberScheduled: count,
        numberAvailable: count,
        numberReady: count,
        conditions: conditions.map((types) => types.map((type) => condition(type, "True"))),
      },
      { requiredKeys: [] },
    ),
  })
  .map(({ kind, replicas, partition, status, ...metadata }) =>
    object("apps/v1", kind, {
      metadata,
      spec: {
        replicas,
        ...(partition === undefined ? {} : { updateStrategy: { rollingUpdate: { partition } } }),
      },
      status,
    }),
  );

interface Seen {
  readonly metadata: { readonly generation: number };
  readonly spec: { readonly replicas: number };
  readonly status: {
    readonly observedGeneration: number;
    readonly readyReplicas?: number;
    readonly availableReplicas?: number;
  };
}

test("no workload is ready before its controller has seen its newest generation", () => {
  fc.assert(
    fc.property(workloads, (workload) => {
      const { metadata, status } = workload as unknown as Seen;
      const verdict = ruleOf(workload)?.judge(situation(workload));
      return verdict?.is !== "ready" || status.observedGeneration >= metadata.generation;
    }),
    { numRuns: 2000 },
  );
});

test("no deployment or StatefulSet is ready with fewer copies than it asks for", () => {
  fc.assert(
    fc.property(workloads, (workload) => {
      const { spec, status } = workload as unknown as Seen;
      const verdict = ruleOf(workload)?.judge(situation(workload));
      const copies = workload.kind === "Deployment" ? status.availableReplicas : status.readyReplicas;
      return workload.kind === "DaemonSet" || verdict?.is !== "ready" || (copies ?? 0) >= spec.replicas;
    }),
    { numRuns: 2000 },
  );
});

test("whatever isn't ready says what it waits for, and why in case the time runs out", () => {
  fc.assert(
    fc.property(workloads, (workload) => {
      const verdict = ruleOf(workload)?.judge(situation(workload));
      return verdict?.is !== "waiting" || (verdict.status !== undefined && verdict.reasons.length > 0);
    }),
  );
});

test("waiting longer turns no verdict back", () => {
  const service = object("v1", "Service", { spec: { clusterIP: "10.96.0.7", selector: { app: "web" } } });
  const slice = object("discovery.k8s.io/v1", "EndpointSlice", {
    metadata: { labels: { "kubernetes.io/service-name": "web" } },
    endpoints: [],
  });
  fc.assert(
    fc.property(fc.nat({ max: 30_000 }), fc.nat({ max: 30_000 }), (waited, more) => {
      const at = (milliseconds: number) =>
        ruleOf(service)?.judge(situation(service, { endpointslices: [slice] }, milliseconds)).is;
      return at(waited) !== "ready" || at(waited + more) === "ready";
    }),
  );
});

test("a deletion that isn't to be waited for is so only for the kinds for which the official plugin does so", () => {
  const metadata = { annotations: { "pulumi.com/skipAwait": "true" } };
  expect(skipsDeletion(object("apps/v1", "StatefulSet", { metadata }))).toBe(true);
  expect(skipsDeletion(object("v1", "Service", { metadata }))).toBe(false);
  expect(skipsDeletion(object("apps/v1", "StatefulSet"))).toBe(false);
});

test("PULUMI_K8S_AWAIT_ALL has kinds waited for that tell their readiness by conditions", () => {
  process.env["PULUMI_K8S_AWAIT_ALL"] = "true";
  try {
    const judge = (status: object) => {
      const cluster = object("postgresql.cnpg.io/v1", "Cluster", { metadata: { generation: 2 }, status });
      return ruleOf(cluster)?.judge(situation(cluster)).is;
    };
    expect(judge({ observedGeneration: 2, conditions: [condition("Ready", "True")] })).toBe("ready");
    expect(judge({ observedGeneration: 2, conditions: [condition("Ready", "False")] })).toBe("waiting");
    expect(judge({ observedGeneration: 1, conditions: [condition("Ready", "True")] })).toBe("waiting");
    expect(judge({ conditions: [condition("Reconciling", "True")] })).toBe("waiting");
    expect(judge({ conditions: [condition("Stalled", "True")] })).toBe("failed");
  } finally {
    delete process.env["PULUMI_K8S_AWAIT_ALL"];
  }
});
