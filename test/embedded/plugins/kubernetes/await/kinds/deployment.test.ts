import { expect, test } from "vitest";
import { deployment as rule } from "../../../../../../embedded/plugins/kubernetes/await/kinds/deployment.ts";
import { condition, deployment, pod, replicaSet, rolledOut, situation } from "../objects.ts";

const judge = (...given: Parameters<typeof situation>) => rule.judge(situation(...given));

test("a deployment is ready once all copies are updated and available and no old one is left", () => {
  expect(judge(deployment(rolledOut))).toEqual({ is: "ready" });
});

test.each([
  ["its controller has not seen the newest generation", { ...rolledOut, observedGeneration: 0 }],
  ["a copy is of an older template", { ...rolledOut, updatedReplicas: 1 }],
  ["an old copy is left", { ...rolledOut, replicas: 3 }],
  ["a copy is not available", { ...rolledOut, availableReplicas: 1 }],
  ["its status is empty", { conditions: [], replicas: 0, updatedReplicas: 0 }],
])("a deployment is not ready while %s", (_, status) => {
  expect(judge(deployment(status))).toMatchObject({ is: "waiting" });
});

test("a deployment of no copies is ready without being available", () => {
  const none = deployment({ replicas: 0, updatedReplicas: 0, conditions: [] });
  expect(judge({ ...none, spec: { replicas: 0 } })).toEqual({ is: "ready" });
});

test("the line beside a deployment counts the ready pods of its newest ReplicaSet", () => {
  const updated = deployment({}, { annotations: { "deployment.kubernetes.io/revision": "2" } });
  const replicasets = [
    replicaSet(updated, { revision: "1", readyReplicas: 2 }),
    replicaSet(updated, { revision: "2", readyReplicas: 1 }),
  ];
  expect(judge(updated, { replicasets })).toMatchObject({
    status: "Waiting for app ReplicaSet to be available (1/2 Pods available)",
  });
});

test("a rollout past its deadline is waited for, and the deadline told", () => {
  const late = deployment(
    {
      conditions: [
        condition("Available", "True"),
        condition(
          "Progressing",
          "False",
          "ProgressDeadlineExceeded",
          'ReplicaSet "web-2" has timed out progressing.',
        ),
      ],
    },
    { annotations: { "deployment.kubernetes.io/revision": "2" } },
  );
  expect(judge(late)).toMatchObject({
    is: "waiting",
    reasons: [
      '[ProgressDeadlineExceeded] ReplicaSet "web-2" has timed out progressing.',
      "Attempted to roll forward to new ReplicaSet, but minimum number of Pods did not become live",
    ],
  });
});

test("pods that quota refuses are told of as the controller tells it", () => {
  const refused = deployment({
    conditions: [
      condition("ReplicaFailure", "True", "FailedCreate", 'pods "web-x" is forbidden: exceeded quota: small'),
    ],
  });
  expect(judge(refused)).toMatchObject({
    reasons: [
      '[FailedCreate] pods "web-x" is forbidden: exceeded quota: small',
      "Minimum number of live Pods was not attained",
    ],
  });
});

test("the pods of older ReplicaSets and of other deployments are none of its own", () => {
  const updated = deployment({}, { annotations: { "deployment.kubernetes.io/revision": "2" } });
  const [old, current] = [replicaSet(updated, { revision: "1" }), replicaSet(updated, { revision: "2" })];
  const pods = [pod(old, "web-old"), pod(current, "web-new"), pod(deployment(), "other")];
  const related = { replicasets: [old, current], pods };
  expect(rule.pods?.(situation(updated, related)).map(({ metadata }) => metadata?.name)).toEqual(["web-new"]);
});
