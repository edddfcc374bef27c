import { expect, test } from "vitest";
import { statefulSet as rule } from "../../../../../../embedded/plugins/kubernetes/await/kinds/stateful-set.ts";
import { object, situation } from "../objects.ts";

const complete = {
  observedGeneration: 2,
  replicas: 3,
  readyReplicas: 3,
  currentReplicas: 3,
  updatedReplicas: 3,
  currentRevision: "cache-5b7b864cb8",
  updateRevision: "cache-5b7b864cb8",
};
const rolling = { ...complete, updateRevision: "cache-74c6878cc6", currentReplicas: 2, updatedReplicas: 1 };

function judge(status: object, { generation = 2, updateStrategy = {} } = {}) {
  const spec = { replicas: 3, updateStrategy };
  return rule.judge(situation(object("apps/v1", "StatefulSet", { metadata: { generation }, spec, status })));
}

test("a StatefulSet is ready once all copies are ready and of the newest revision", () => {
  expect(judge(complete)).toEqual({ is: "ready" });
});

test.each([
  ["its controller has not seen the newest generation", { ...complete, observedGeneration: 1 }],
  ["a copy is not ready", { ...complete, readyReplicas: 2 }],
  ["a copy is missing", { ...complete, replicas: 2 }],
  ["a copy is left that is too many", { ...complete, replicas: 4 }],
  ["a copy is of an older revision", rolling],
  ["its status is empty", {}],
])("a StatefulSet is not ready while %s", (_, status) => {
  expect(judge(status)).toMatchObject({ is: "waiting" });
});

test("with a partition only the copies at and above it have to be of the newest revision", () => {
  const updateStrategy = { type: "RollingUpdate", rollingUpdate: { partition: 2 } };
  expect(judge(rolling, { updateStrategy })).toEqual({ is: "ready" });
  expect(judge({ ...rolling, updatedReplicas: 0 }, { updateStrategy })).toMatchObject({ is: "waiting" });
});

test("with the strategy OnDelete old copies are left in place", () => {
  expect(judge(rolling, { updateStrategy: { type: "OnDelete" } })).toEqual({ is: "ready" });
});

test("copies that are ready but old are not counted", () => {
  expect(judge({ ...rolling, readyReplicas: 2 })).toMatchObject({
    status: "[1/3] Waiting for StatefulSet update to roll out (1/3 Pods ready)",
    reasons: [
      "1 out of 3 replicas succeeded readiness checks",
      'StatefulSet controller failed to advance from revision "cache-5b7b864cb8" to revision "cache-74c6878cc6"',
    ],
  });
});

test("the first rollout has words of its own", () => {
  const starting = { observedGeneration: 1, replicas: 3, readyReplicas: 1, updatedReplicas: 3 };
  expect(judge(starting, { generation: 1 })).toMatchObject({
    status: "[1/2] Waiting for StatefulSet to create Pods (1/3 Pods ready)",
  });
});

test("what is left when all copies are ready is the revision", () => {
  expect(judge({ ...complete, currentRevision: "cache-1" })).toMatchObject({
    status: "[2/3] Waiting for StatefulSet to update .status.currentRevision",
  });
});
