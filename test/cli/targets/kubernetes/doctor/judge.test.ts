import { expect, test } from "vitest";
import type { Check } from "../../../../../cli/checks.ts";
import type { PlanFacts } from "../../../../../cli/targets/kubernetes/doctor/facts.ts";
import { judgeCluster, judgePlan } from "../../../../../cli/targets/kubernetes/doctor/judge.ts";

const node = { name: "one", cpus: 4, memoryGiB: 16, gpus: 0, taints: [] };
const web = { owner: "web", copies: 2, cpus: 0.5, memoryGiB: 1, gpus: 0, tolerations: [] };
const well: PlanFacts = {
  objects: 40,
  access: { denied: [], unknownKinds: [] },
  demands: [web],
  images: ["postgres:18.6"],
  nodes: [node, { ...node, name: "two" }],
  promised: { cpus: 1, memoryGiB: 2, gpus: 0 },
  missingClasses: [],
  lacksUsualClass: false,
  unmeasured: [],
  orphanedClaims: [],
};
const cluster = { server: "https://10.0.0.7:6443", version: "1.33.2", policyEngine: "cilium" };

/** The checks that do not come out good. */
const complaints = (checks: readonly Check[]) =>
  checks
    .filter(({ outcome }) => outcome !== "good")
    .map(({ name, outcome, detail, remedy }) => ({ name, outcome, detail, remedy }));
/** What is wrong with a plan that differs in one thing from one that is well. */
const wrongWith = (change: Partial<PlanFacts>) => complaints(judgePlan({ ...well, ...change }, false));

test("[G15] a cluster that has what the stack needs is well", () => {
  expect(complaints([...judgeCluster(cluster), ...judgePlan(well, false)])).toEqual([]);
});

test("[G15] an API server that is too old has to be updated", () => {
  expect(complaints(judgeCluster({ ...cluster, version: "1.30.9" }))).toMatchObject([
    {
      name: "API server",
      outcome: "bad",
      detail: "1.30.9 at https://10.0.0.7:6443; needed is 1.31 or newer",
    },
  ]);
});

test("[G5, G15] where nothing is known to enforce network policies, what that means is told", () => {
  expect(complaints(judgeCluster({ ...cluster, policyEngine: undefined }))).toMatchObject([
    {
      name: "network policies",
      outcome: "doubtful",
      detail: expect.stringContaining("every pod reaches every other"),
    },
  ]);
});

test("[G15] rights that the credentials lack are named", () => {
  const access = { denied: ["create ingresses.networking.k8s.io in platform"], unknownKinds: [] };
  expect(wrongWith({ access })).toMatchObject([
    {
      name: "credentials",
      outcome: "bad",
      detail: "may not: create ingresses.networking.k8s.io in platform",
      remedy: expect.stringContaining("kubectl create rolebinding"),
    },
  ]);
});

test("[G15] kinds that the cluster does not know are named", () => {
  const access = { denied: [], unknownKinds: ["Middleware (traefik.io/v1alpha1)"] };
  expect(wrongWith({ access })).toMatchObject([{ name: "Middleware (traefik.io/v1alpha1)", outcome: "bad" }]);
});

test("[G15] classes that are not there are named, and a usual one that is needed", () => {
  expect(wrongWith({ missingClasses: ['ingress class "traefik"'] })).toMatchObject([
    {
      name: 'ingress class "traefik"',
      outcome: "bad",
      remedy: expect.stringContaining("kubectl get storageclass"),
    },
  ]);
  expect(wrongWith({ lacksUsualClass: true })).toMatchObject([
    {
      name: "storage class",
      outcome: "bad",
      remedy: expect.stringContaining("keelson:kubernetes.storageClass"),
    },
  ]);
});

test("[G8, G15] a pod that fits no node is told, whatever the nodes have together", () => {
  expect(wrongWith({ demands: [{ ...web, owner: "rag", cpus: 5 }] })).toMatchObject([
    {
      name: "rag",
      outcome: "bad",
      detail: "asks for 5.00 cores and 1.0 GiB, and no node that would take it has that much",
    },
    { name: "room", outcome: "doubtful" },
  ]);
});

test("[G8, G15] too little room for all together is doubtful: nodes may come", () => {
  expect(wrongWith({ promised: { cpus: 7.5, memoryGiB: 2, gpus: 0 } })).toMatchObject([
    {
      name: "room",
      outcome: "doubtful",
      detail: "1.00 cores and 2.0 GiB wanted, 0.50 cores and 30.0 GiB free on 2 of 2 nodes",
    },
  ]);
});

test("[G8] nodes that pods may not come to have no room for them", () => {
  const tainted = { ...node, taints: [{ key: "gpu", value: "yes", effect: "NoSchedule" }] };
  expect(wrongWith({ nodes: [tainted], promised: undefined })).toMatchObject([
    { name: "web" },
    { name: "room" },
  ]);
  const tolerations = [{ key: "gpu", operator: "Equal", value: "yes" }];
  expect(wrongWith({ nodes: [tainted], demands: [{ ...web, tolerations }] })).toEqual([]);
});

test("[G15] graphics processors that no node has, or that others have, are told with how nodes get them", () => {
  const demands = [{ ...web, copies: 1, owner: "ollama", gpus: 1 }];
  expect(wrongWith({ demands })).toMatchObject([
    {
      name: "ollama",
      outcome: "bad",
      detail: "asks for 0.50 cores and 1.0 GiB and 1 GPU, and no node that would take it has that much",
      remedy: expect.stringContaining("device plugin"),
    },
    { name: "room", outcome: "doubtful" },
  ]);
  const nodes = [node, { ...node, gpus: 2 }];
  expect(wrongWith({ demands, nodes })).toEqual([]);
  expect(wrongWith({ demands, nodes, promised: { cpus: 1, memoryGiB: 2, gpus: 2 } })).toMatchObject([
    { name: "room", outcome: "doubtful" },
  ]);
});

test("[G15] what autoscalers follow and nothing measures is told, with who stays as it is", () => {
  const unmeasured = [{ source: "metrics.k8s.io", autoscalers: ["rag", "web"] }];
  expect(wrongWith({ unmeasured })).toMatchObject([
    {
      name: "metrics.k8s.io",
      outcome: "doubtful",
      detail: "nothing answers for it, and the copies stay as they are of: rag, web",
      remedy: expect.stringContaining("metrics server"),
    },
  ]);
});

test("[G15] what can't be seen is told so", () => {
  expect(wrongWith({ nodes: undefined })).toMatchObject([{ name: "room", outcome: "doubtful" }]);
});

test("[G6] data of another state is told, with what can be done", () => {
  expect(wrongWith({ orphanedClaims: ["platform/data-postgres-0"] })).toMatchObject([
    {
      name: "data",
      outcome: "bad",
      remedy: expect.stringContaining("kubectl delete pvc --namespace platform data-postgres-0"),
    },
  ]);
});

test("images that are in no registry are told, unless keelson brings them to the node", () => {
  const facts = { ...well, images: ["postgres:18.6", "keelson/reference-app:0.1.0"] };
  expect(complaints(judgePlan(facts, false))).toMatchObject([
    {
      name: "images",
      outcome: "doubtful",
      detail: "in no public registry: keelson/reference-app:0.1.0",
      remedy: expect.stringContaining("keelson:images"),
    },
  ]);
  expect(complaints(judgePlan(facts, true))).toEqual([]);
});
