import { expect, test } from "vitest";
import { waitFor } from "../../../../../embedded/plugins/kubernetes/await/wait-for.ts";
import { condition, object, situation } from "./objects.ts";

const cluster = (status: object) =>
  object("postgresql.cnpg.io/v1", "Cluster", {
    metadata: { generation: 2 },
    status: { observedGeneration: 2, ...status },
  });
const judge = (annotation: string, status: object) =>
  waitFor(annotation).judge(situation(cluster(status))).is;

test.each([
  ["condition=Ready", { conditions: [condition("Ready", "True")] }],
  ["condition=Degraded=False", { conditions: [condition("Degraded", "False")] }],
  ["jsonpath={.status.phase}=Healthy", { phase: "Healthy" }],
  ["jsonpath={.status.readyInstances}=3", { readyInstances: 3 }],
  ["jsonpath={.status.address}", { address: "10.0.0.1" }],
  [
    'jsonpath={.status.conditions[?(@.type=="Ready")].status}=True',
    { conditions: [condition("Ready", "True")] },
  ],
  [
    '["condition=Ready", "jsonpath={.status.phase}=Healthy"]',
    { phase: "Healthy", conditions: [condition("Ready", "True")] },
  ],
])("%s is met by a status that says so, and not by one that doesn't", (annotation, status) => {
  expect(judge(annotation, status)).toBe("ready");
  expect(judge(annotation, {})).toBe("waiting");
  expect(judge(annotation, { ...status, observedGeneration: 1 })).toBe("waiting");
});

test("of several conditions all have to hold", () => {
  expect(judge('["condition=Ready", "jsonpath={.status.phase}=Healthy"]', { phase: "Healthy" })).toBe(
    "waiting",
  );
});

test("a condition that is about an older generation doesn't count", () => {
  const conditions = [{ ...condition("Ready", "True"), observedGeneration: 1 }];
  expect(judge("condition=Ready", { conditions })).toBe("waiting");
});

test.each(["Ready", "status=Ready", "jsonpath=.status.phase", "jsonpath={.status.phase}=", "[]"])(
  "%s is refused with what is allowed",
  (annotation) => {
    expect(() => waitFor(annotation)).toThrow(/^pulumi.com\/waitFor: (expected|format should be) /);
  },
);
